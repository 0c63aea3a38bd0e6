package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.bwe.ArrivalRecorder;
import io.wishbone.webrtc.rtcp.FullIntraRequest;
import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.rtcp.PictureLossIndication;
import io.wishbone.webrtc.rtcp.Remb;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.Seeds;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A viewer that asks for everything again, and reports arrivals that never were, costs a bounded
/// amount, and nobody else anything.
class HostileViewerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long USUAL_BITRATE = 1_300_000;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void costsABoundedAmount(boolean repairing) {
    for (long seed = 1; seed <= Seeds.of(10); seed++) {
      var network = new SimNetwork(seed);
      var node = new SimNode(network);
      var random = new SplittableRandom(seed);
      SimPublisher publisher = SimPublisher.repairing(network, "10.0.0.1");
      node.publish("publisher", publisher);
      SimViewer honest = SimViewer.repairing(network, "10.1.0.1");
      node.view("honest", honest);
      SimViewer hostile =
          repairing
              ? SimViewer.repairing(network, "10.1.0.2")
              : SimViewer.open(network, "10.1.0.2");
      node.view("hostile", hostile);
      network.run(SECOND.multipliedBy(3));
      long ssrc = hostile.packets(MediaKind.VIDEO).getFirst().ssrc();
      int asked = publisher.keyframeRequests();
      long before = node.socket().sentTo(hostile.socket().address());
      for (int step = 0; step < 200; step++) {
        hostile.peer().sendRtcp(anything(ssrc, random, network.now()));
        network.run(Duration.ofMillis(25));
      }

      long bitrate = (node.socket().sentTo(hostile.socket().address()) - before) * 8 / 5;
      assertThat(bitrate).as("seed %s", seed).isLessThan(4 * USUAL_BITRATE);
      assertThat(publisher.keyframeRequests() - asked).isLessThan(15);
      assertThat(node.ended()).isEmpty();
      // Without retransmissions, what is sent again is the very same packet, and refused as such.
      assertThat(ViewerPackets.refused(hostile) == 0).isEqualTo(repairing);
      Frames frames = Frames.of(honest.packets(MediaKind.VIDEO));
      assertThat(frames.broken()).isZero();
      assertThat(frames.frozen(network.now() - SECOND.toNanos() * 5, network.now(), 0)).isZero();
    }
  }

  /// What one viewer says it has lost costs all others quality: there is little of that.
  @ParameterizedTest
  @EnumSource
  void asksForFewKeyframesOfThePublisher(Flood flood) {
    for (long seed = 1; seed <= Seeds.of(10); seed++) {
      var network = new SimNetwork(seed);
      var node = new SimNode(network);
      SimPublisher publisher = SimPublisher.repairing(network, "10.0.0.1");
      node.publish("publisher", publisher);
      SimViewer honest = SimViewer.repairing(network, "10.1.0.1");
      node.view("honest", honest);
      SimViewer hostile = SimViewer.repairing(network, "10.1.0.2");
      node.view("hostile", hostile);
      network.run(SECOND.multipliedBy(25)); // so that its first packets are not kept any more
      ReceivedPacket old = hostile.packets(MediaKind.VIDEO).getFirst();
      int asked = publisher.keyframeRequests();
      for (int step = 0; step < 250; step++) {
        hostile.peer().sendRtcp(List.of(flood.packet(old, step)));
        network.run(Duration.ofMillis(20));
      }

      assertThat(publisher.keyframeRequests() - asked).as("seed %s", seed).isBetween(2, 4);

      long now = network.now();
      asked = publisher.keyframeRequests();
      honest.requestKeyframe(honest.packets(MediaKind.VIDEO).getFirst().ssrc());
      network.run(Duration.ofMillis(600));
      assertThat(publisher.keyframeRequests() - asked).as("seed %s", seed).isEqualTo(1);
      assertThat(Frames.of(honest.packets(MediaKind.VIDEO)).shown())
          .anyMatch(frame -> frame.keyframe() && frame.atNanos() > now);
    }
  }

  private enum Flood {
    PLI,
    FIR,
    OLD_NACK;

    RtcpPacket packet(ReceivedPacket old, int step) {
      return switch (this) {
        case PLI -> new PictureLossIndication(1, old.ssrc());
        case FIR ->
            new FullIntraRequest(1, List.of(new FullIntraRequest.Entry(old.ssrc(), step & 0xFF)));
        case OLD_NACK ->
            new Nack(1, old.ssrc(), List.of(((int) old.packetIndex() + step % 100) & 0xFFFF));
      };
    }
  }

  private static List<RtcpPacket> anything(long ssrc, SplittableRandom random, long nowNanos) {
    List<RtcpPacket> packets = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    int first = random.nextInt(1 << 16);
    for (int i = 0; i < 300; i++) {
      numbers.add(random.nextBoolean() ? (first + i) & 0xFFFF : random.nextInt(1 << 16));
    }
    packets.add(new Nack(1, ssrc, numbers.subList(0, 40)));
    var arrivals = new ArrivalRecorder(1);
    int base = random.nextInt(1 << 16);
    for (int i = 0; i < 50; i++) {
      arrivals.onPacket(ssrc, (base + random.nextInt(200)) & 0xFFFF, nowNanos + i * 250_000L);
    }
    packets.addAll(arrivals.handleTimeout(nowNanos + SECOND.toNanos()));
    packets.add(new Remb(1, random.nextLong(1L << 40), List.of(ssrc)));
    return packets;
  }
}
