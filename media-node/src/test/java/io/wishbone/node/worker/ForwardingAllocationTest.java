package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.wishbone.node.stream.LayerLimits;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import io.wishbone.webrtc.srtp.backend.SrtpBackends;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
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
  private final ForgetfulOutbox sink = new ForgetfulOutbox();
  private final SimNode node =
      new SimNode(
          network, UnaryOperator.identity(), sink::before, BACKENDS.provider(SrtpBackends.AUTO));

  static boolean hasNativeBackend() {
    return BACKENDS.names().size() > 1;
  }

  @Test
  void forwardingMakesNoGarbage() {
    SimPublisher publisher = node.publish();
    for (int i = 0; i < VIEWERS; i++) {
      node.view(i);
    }
    measure("viewers that report nothing", publisher, List.of(), 1);
  }

  /// With transport-wide numbers, feedback on them, estimates and pacing.
  @Test
  void forwardingUnderCongestionControlMakesNoGarbage() {
    SimPublisher publisher = SimPublisher.repairing(network, "10.0.0.1");
    node.publish("publisher", publisher);
    measure("viewers with congestion control", publisher, view(Codec.VP8), 1);
  }

  /// The same, each viewer with other layers.
  @Test
  void leavingOutLayersMakesNoGarbage() {
    SimPublisher publisher = SimPublisher.layered(network, "10.0.0.1", Codec.AV1, 2, 3, 1_000_000);
    node.publish("publisher", publisher);
    List<SimViewer> viewers = view(Codec.AV1);
    network.run(Duration.ofSeconds(3));
    for (int i = 0; i < VIEWERS; i++) {
      LayeredViewers.choose(node, network, "viewer-" + i, LayerLimits.ANY, i % 3);
    }
    measure("viewers of different layers", publisher, viewers, 0.5);
  }

  private List<SimViewer> view(Codec codec) {
    List<SimViewer> viewers = new ArrayList<>();
    for (int i = 0; i < VIEWERS; i++) {
      SimViewer viewer =
          SimViewer.repairing(
              network, "10.1.0." + (i + 1), new OfferedCodec(codec, 120).withRtx(121));
      node.view("viewer-" + i, viewer);
      viewers.add(viewer);
    }
    return viewers;
  }

  /// @param reporting viewers whose reports on what arrived go on
  /// @param share of what is received that a viewer gets at least
  private void measure(
      String what, SimPublisher publisher, List<SimViewer> reporting, double share) {
    network.run(Duration.ofSeconds(5));
    assertThat(node.connected()).hasSize(VIEWERS + 1);
    List<byte[]> packets = node.record(PACKETS);
    InetSocketAddress from = publisher.socket().address();
    publisher.vanish();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ByteBuffer received = ByteBuffer.allocateDirect(2000);
    sink.forget(reporting);

    long least = Long.MAX_VALUE;
    long forwarded = 0;
    long allocated = 0;
    long now = network.now();
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
      if (!reporting.isEmpty()) {
        // Reports, and what is paced: not counted, but for packets.
        sink.report(now);
        network.run(Duration.ofNanos(now - network.now()));
      }
      if (i % WINDOW == WINDOW - 1) {
        // Compiled code makes no garbage; when it is compiled depends on how busy the machine is.
        if (allocated < least) {
          least = allocated;
          forwarded = sink.forgotten();
        }
        allocated = 0;
        sink.restart();
      }
    }

    assertThat(node.ended()).isEmpty();
    assertThat(forwarded).isGreaterThan((long) (WINDOW * VIEWERS * 0.99 * share));
    System.out.printf(
        "%s: %d bytes of garbage for %d packets received and %d forwarded%n",
        what, least, WINDOW, forwarded);
    // What a received packet costs is shared by all viewers. An object for each forwarded one, of
    // 16 bytes at least, would be much more than that.
    assertThat(least).isLessThan(WINDOW * BYTES_A_RECEIVED_PACKET);
    assertThat(WINDOW * BYTES_A_RECEIVED_PACKET).isLessThan(forwarded * 16L / 3);
  }
}
