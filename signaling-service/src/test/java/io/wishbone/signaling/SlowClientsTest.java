package io.wishbone.signaling;

import static io.wishbone.signaling.Http.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamStore;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
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
class SlowClientsTest {

  private static final int CONNECTIONS = 1000;
  private static final Duration LIMIT = Duration.ofSeconds(8);

  /// The machine may have other things to do.
  private static final Duration SLACK = Duration.ofSeconds(4);

  @Inject ScriptedNode node;
  @Inject SessionStore sessions;
  @Inject StreamStore streams;
  @TestHTTPResource URI base;

  private record Connection(SocketChannel channel, long openedNanos) {}

  @Test
  @DisplayName("R10: 1,000 connections that drip are closed, and others are served meanwhile")
  void servesOthersWhileAThousandConnectionsDrip() throws IOException {
    TestServer.reset(node, sessions, streams);
    var http = new Http(base);
    location(http.publish("before"));
    List<Connection> open = open();
    Duration slowestClose = Duration.ZERO;
    Duration slowestService = Duration.ZERO;
    for (int round = 0; !open.isEmpty(); round++) {
      long start = System.nanoTime();
      location(http.publish("round-" + round));
      slowestService = max(slowestService, since(start));
      for (Iterator<Connection> all = open.iterator(); all.hasNext(); ) {
        Connection connection = all.next();
        if (isClosed(connection.channel())) {
          slowestClose = max(slowestClose, since(connection.openedNanos()));
          connection.channel().close();
          all.remove();
        }
      }
      assertThat(slowestClose).isLessThan(LIMIT.plus(SLACK));
    }
    System.out.printf(
        "R10: %d dripping connections, the last was open for %d ms (target %d ms), slowest answer"
            + " to others %d ms%n",
        CONNECTIONS, slowestClose.toMillis(), LIMIT.toMillis(), slowestService.toMillis());
    assertThat(slowestService).isLessThan(Duration.ofSeconds(4));
  }

  private List<Connection> open() throws IOException {
    var head = bytes("POST /whip/endpoint/slow HTTP/1.1\r\nHost: a\r\nX-Slow: ");
    var open = new ArrayList<Connection>();
    for (int i = 0; i < CONNECTIONS; i++) {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(base.getHost(), base.getPort()));
      channel.configureBlocking(false);
      channel.write(head.duplicate());
      open.add(new Connection(channel, System.nanoTime()));
    }
    return open;
  }

  /// Sends one more byte, if it can.
  private static boolean isClosed(SocketChannel channel) {
    try {
      channel.write(bytes("a"));
      return channel.read(ByteBuffer.allocate(1024)) < 0;
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
