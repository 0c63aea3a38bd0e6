package io.wishbone.node.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxInternal;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the kernel says to runs, on the loopback interface. A socket that is full is not among it:
/// there, memory of the sender is free again when a datagram has been delivered, so that no socket
/// ever is. [SendArenaTest] has one.
class SendOnSocketsTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress HERE_6 = InetAddress.ofLiteral("::1");
  private static final int BYTES = 1150;
  private static final int LAST_BYTES = 400;
  private static final int PACKETS = 6;
  private static final int PATIENCE_MILLIS = 10_000;

  /// SO_NO_CHECK: the kernel segments no datagrams for a socket that makes no checksums.
  private static final IntegerUnixChannelOption NO_CHECKSUMS =
      new IntegerUnixChannelOption("SO_NO_CHECK", 1, 11);

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
  private final List<DatagramSocket> viewers = new ArrayList<>();
  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final Logger logger = Logger.getLogger(SendArena.class.getName());
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          logged.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private EventLoop loop;
  private Channel channel;
  private SendArena arena;

  @BeforeEach
  void open() throws Exception {
    var internal = (VertxInternal) vertx;
    assumeTrue(Segmentation.isThere(internal), "no segmented datagrams here");
    loop = internal.createEventLoopContext().nettyEventLoop();
    channel =
        DatagramChannels.open(
                internal,
                loop,
                new InetSocketAddress(InetAddress.ofLiteral("::"), 0),
                new DatagramHandler((_, _, _, _) -> {}, () -> {}))
            .sync()
            .channel();
    arena = new SendArena(channel, true);
    logger.addHandler(listener);
  }

  @AfterEach
  void close() throws Exception {
    logger.removeHandler(listener);
    for (DatagramSocket viewer : viewers) {
      viewer.close();
    }
    if (channel != null) {
      channel.close().sync();
      onLoop(() -> {
        arena.close();
        return true;
      });
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private <T> T onLoop(Callable<T> work) throws Exception {
    return loop.submit(work).get();
  }

  private DatagramSocket viewer(InetAddress host) throws IOException {
    var viewer = new DatagramSocket(new InetSocketAddress(host, 0));
    viewer.setSoTimeout(PATIENCE_MILLIS);
    viewers.add(viewer);
    return viewer;
  }

  private static InetSocketAddress addressOf(DatagramSocket viewer) {
    return (InetSocketAddress) viewer.getLocalSocketAddress();
  }

  /// A frame for each: what a turn of the loop sends.
  private void send(int firstNumber, InetSocketAddress... destinations) throws Exception {
    onLoop(() -> {
      for (InetSocketAddress destination : destinations) {
        for (int i = 0; i < PACKETS; i++) {
          int length = i == PACKETS - 1 ? LAST_BYTES : BYTES;
          int offset = arena.claim(BYTES);
          arena.buffer().putInt(offset, firstNumber + i);
          arena.commit(offset, length, destination);
        }
      }
      arena.flush();
      return true;
    });
  }

  private static void assertReceives(DatagramSocket viewer, int firstNumber) throws IOException {
    var packet = new DatagramPacket(new byte[2 * BYTES], 2 * BYTES);
    for (int i = 0; i < PACKETS; i++) {
      viewer.receive(packet);
      assertThat(ByteBuffer.wrap(packet.getData()).getInt()).isEqualTo(firstNumber + i);
      assertThat(packet.getLength()).isEqualTo(i == PACKETS - 1 ? LAST_BYTES : BYTES);
      packet.setLength(2 * BYTES);
    }
  }

  private SendCounters.Snapshot counted() {
    return arena.counters().snapshot();
  }

  @Test
  void viewersAtIpv6AddressesGetRunsBesideOthers() throws Exception {
    DatagramSocket six;
    try {
      six = viewer(HERE_6);
    } catch (IOException e) {
      assumeTrue(false, "no IPv6 here");
      return;
    }
    DatagramSocket four = viewer(HERE);
    DatagramSocket otherSix = viewer(HERE_6);

    send(100, addressOf(six), addressOf(four), addressOf(otherSix));

    assertReceives(six, 100);
    assertReceives(four, 100);
    assertReceives(otherSix, 100);
    assertThat(counted().segmentedPackets()).isEqualTo(3 * PACKETS);
    assertThat(counted().refusedRuns()).isZero();
  }

  @Test
  void aViewerWhosePortIsClosedTakesNothingFromOthers() throws Exception {
    DatagramSocket gone = viewer(HERE);
    DatagramSocket there = viewer(HERE);
    InetSocketAddress closed = addressOf(gone);
    gone.close();

    for (int turn = 0; turn < 50; turn++) {
      // An ICMP error of one turn comes back before the next one.
      send(100 * turn, closed, addressOf(there), closed);
      assertReceives(there, 100 * turn);
    }

    assertThat(channel.isOpen()).isTrue();
    assertThat(counted().packets()).isEqualTo(50 * 3 * PACKETS);
    assertThat(counted().segmentedPackets()).isEqualTo(50 * 3 * PACKETS);
    assertThat(counted().dropped()).isZero();
    assertThat(counted().refusedRuns()).isZero();
  }

  @Test
  void aKernelThatCutsUpNothingIsAskedOnlySoOften() throws Exception {
    assertThat(channel.config().setOption(NO_CHECKSUMS, 1)).isTrue();
    for (int i = 0; i < SendArena.REFUSALS; i++) {
      DatagramSocket refused = viewer(HERE);
      send(100, addressOf(refused));
      // The run is lost; what comes next goes one by one.
      send(200, addressOf(refused));
      assertReceives(refused, 200);
    }
    assertThat(counted().refusedRuns()).isEqualTo(SendArena.REFUSALS);
    long segmented = counted().segmentedPackets();

    DatagramSocket next = viewer(HERE);
    send(300, addressOf(next));

    assertReceives(next, 300);
    assertThat(counted().refusedRuns()).isEqualTo(SendArena.REFUSALS);
    assertThat(counted().segmentedPackets()).isEqualTo(segmented);
    assertThat(logged).hasSize(1);
    assertThat(logged.getFirst()).contains("one by one");
  }

  @Test
  void oneThatRefusesSomeIsAskedForOthers() throws Exception {
    DatagramSocket taken = viewer(HERE);
    for (int i = 0; i < 2 * SendArena.REFUSALS; i++) {
      channel.config().setOption(NO_CHECKSUMS, 1);
      DatagramSocket refused = viewer(HERE);
      send(100, addressOf(refused));
      channel.config().setOption(NO_CHECKSUMS, 0);
      send(100, addressOf(taken));
      assertReceives(taken, 100);
    }

    DatagramSocket next = viewer(HERE);
    long before = counted().segmentedPackets();
    send(300, addressOf(next));

    assertReceives(next, 300);
    assertThat(counted().segmentedPackets()).isEqualTo(before + PACKETS);
    assertThat(logged).isEmpty();
  }

  @Test
  void aRunThatWasRefusedIsNotSentTwice() throws Exception {
    channel.config().setOption(NO_CHECKSUMS, 1);
    DatagramSocket refused = viewer(HERE);

    send(100, addressOf(refused));
    send(200, addressOf(refused));

    assertReceives(refused, 200);
    refused.setSoTimeout(1);
    assertThatThrownBy(() -> assertReceives(refused, 100))
        .isInstanceOf(SocketTimeoutException.class);
  }
}
