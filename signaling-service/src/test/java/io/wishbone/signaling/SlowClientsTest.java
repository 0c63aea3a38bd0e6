package io.wishbone.signaling;

import static io.wishbone.signaling.Http.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// R10: many clients that begin a request and never end it.
@QuarkusTest
class SlowClientsTest extends OverHttp {

  private static final int CONNECTIONS = 1000;
  private static final int SILENT_CONNECTIONS = 20;

  /// On whatever machine.
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

  private static final Duration LIMIT = Duration.ofSeconds(8);

  /// OBS gives up its POST then.
  private static final Duration LONGEST_SERVICE = Duration.ofSeconds(8);

  /// @param drips whether it sends a byte now and then, or nothing more at all
  private record Connection(SocketChannel channel, boolean drips, long openedNanos) {}

  @Test
  @DisplayName("R10: 1,000 connections that drip are closed, and others are served meanwhile")
  void servesOthersWhileAThousandConnectionsDrip() throws IOException {
    location(http.publish("before"));
    List<Connection> open = new ArrayList<>();
    open.addAll(open(SILENT_CONNECTIONS, false));
    open.addAll(open(CONNECTIONS, true));
    Duration slowestClose = Duration.ZERO;
    Duration slowestSilent = Duration.ZERO;
    Duration slowestService = Duration.ZERO;
    for (int round = 0; !open.isEmpty(); round++) {
      long start = System.nanoTime();
      location(http.publish("round-" + round));
      slowestService = max(slowestService, since(start));
      for (Iterator<Connection> all = open.iterator(); all.hasNext(); ) {
        Connection connection = all.next();
        boolean isClosed = isClosed(connection);
        Duration age = since(connection.openedNanos());
        if (connection.drips()) {
          slowestClose = max(slowestClose, age);
        } else {
          slowestSilent = max(slowestSilent, age);
        }
        if (isClosed) {
          connection.channel().close();
          all.remove();
        }
      }
      // Where even those that say nothing are closed late, the machine has other things to do.
      assertThat(slowestClose).isLessThan(max(LIMIT, slowestSilent.multipliedBy(2)));
      assertThat(slowestSilent).isLessThan(LONGEST_SILENCE);
    }
    System.out.printf(
        "R10: %d dripping connections, the last was open for %d ms (target %d ms), the last silent"
            + " one for %d ms; slowest answer to others %d ms%n",
        CONNECTIONS,
        slowestClose.toMillis(),
        LIMIT.toMillis(),
        slowestSilent.toMillis(),
        slowestService.toMillis());
    assertThat(slowestService).isLessThan(LONGEST_SERVICE);
  }

  private List<Connection> open(int count, boolean drips) throws IOException {
    var head = bytes("POST /whip/endpoint/slow HTTP/1.1\r\nHost: a\r\nX-Slow: ");
    var open = new ArrayList<Connection>();
    for (int i = 0; i < count; i++) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(base.getHost(), base.getPort()));
      channel.configureBlocking(false);
      channel.write(head.duplicate());
      open.add(new Connection(channel, drips, System.nanoTime()));
    }
    return open;
  }

  /// Sends one more byte, if it drips and can.
  private static boolean isClosed(Connection connection) {
    try {
      if (connection.drips()) {
        connection.channel().write(bytes("a"));
      }
      return connection.channel().read(ByteBuffer.allocate(1024)) < 0;
    } catch (IOException _) {
      return true;
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
