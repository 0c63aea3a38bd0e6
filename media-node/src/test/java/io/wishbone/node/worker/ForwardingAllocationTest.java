package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.srtp.backend.SrtpBackends;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/// From a datagram of the publisher to as many in the outbox as there are viewers: no garbage for
/// any of those.
@EnabledIf(
    value = "hasNativeBackend",
    disabledReason = "neither intel-ipsec-mb nor OpenSSL is here; Java's own GCM makes garbage")
class ForwardingAllocationTest {
  private static final int VIEWERS = 25;

  /// Between two packets of the publisher: sound, and a picture of a megabit a second.
  private static final long PACKET_NANOS = 5_000_000;

  private static final int PACKETS = 24_000;
  private static final int WINDOW = 2_000;
  private static final int BURST = 8;
  private static final long BYTES_A_RECEIVED_PACKET = 80;

  private static final SrtpBackends BACKENDS = SrtpBackends.find();

  private final SimNetwork network = new SimNetwork(3);
  private final Sink sink = new Sink();
  private final SimNode node =
      new SimNode(
          network, UnaryOperator.identity(), sink::before, BACKENDS.provider(SrtpBackends.AUTO));

  static boolean hasNativeBackend() {
    return BACKENDS.names().size() > 1;
  }

  /// Passes everything on, or counts it and forgets it.
  private static final class Sink implements Outbox {
    private final ByteBuffer memory = ByteBuffer.allocateDirect(1 << 16);
    private Outbox socket = this;
    private boolean forgets;
    private int forgotten;

    Outbox before(Outbox real) {
      socket = real;
      return this;
    }

    @Override
    public ByteBuffer buffer() {
      return forgets ? memory : socket.buffer();
    }

    @Override
    public int claim(int capacity) {
      return forgets ? 0 : socket.claim(capacity);
    }

    @Override
    public void commit(int offset, int length, InetSocketAddress destination) {
      if (forgets) {
        forgotten++;
      } else {
        socket.commit(offset, length, destination);
      }
    }
  }

  @Test
  void forwardingMakesNoGarbage() {
    SimPublisher publisher = node.publish();
    for (int i = 0; i < VIEWERS; i++) {
      node.view(i);
    }
    network.run(Duration.ofSeconds(5));
    assertThat(node.connected()).hasSize(VIEWERS + 1);
    List<byte[]> packets = node.record(PACKETS);
    InetSocketAddress from = publisher.socket().address();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ByteBuffer received = ByteBuffer.allocateDirect(2000);
    long now = network.now();
    sink.forgets = true;

    long least = Long.MAX_VALUE;
    long forwarded = 0;
    long allocated = 0;
    for (int i = 0; i < PACKETS; i++) {
      byte[] packet = packets.get(i);
      received.put(0, packet);
      now += PACKET_NANOS;
      long before = threads.getCurrentThreadAllocatedBytes();
      node.worker().handleDatagram(received, 0, packet.length, from, now);
      if (i % BURST == BURST - 1) {
        node.worker().deliver();
      }
      allocated += threads.getCurrentThreadAllocatedBytes() - before;
      if (i % WINDOW == WINDOW - 1) {
        // Compiled code makes no garbage; when it is compiled depends on how busy the machine is.
        if (allocated < least) {
          least = allocated;
          forwarded = sink.forgotten;
        }
        allocated = 0;
        sink.forgotten = 0;
      }
    }

    assertThat(forwarded).isGreaterThan(WINDOW * VIEWERS * 99 / 100);
    System.out.printf(
        "%d bytes of garbage for %d packets received and %d forwarded%n", least, WINDOW, forwarded);
    // What a received packet costs is shared by all viewers. An object for each forwarded one, of
    // 16
    // bytes at least, would be much more than that.
    assertThat(least).isLessThan(WINDOW * BYTES_A_RECEIVED_PACKET);
    assertThat(WINDOW * BYTES_A_RECEIVED_PACKET).isLessThan(forwarded * 16L / 4);
  }
}
