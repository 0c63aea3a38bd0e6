package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.LinkConditions;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.Seeds;
import io.wishbone.webrtc.sim.SentPacket;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Packets that are lost on the way to the node, and on the way to a viewer, come all the same.
class LossRepairTest {
  private static final Duration ONE_WAY = Duration.ofMillis(20);

  private record Outcome(long sent, long missing, long repaired) {}

  @ParameterizedTest(name = "{0} % loss, publisher rtx {1}, viewer rtx {2}")
  @CsvSource({
    "5, true, true, 60",
    "10, true, true, 40",
    "20, true, true, 40",
    "5, false, false, 40",
    "10, true, false, 20",
    "10, false, true, 20"
  })
  void makesThePictureWhole(int percent, boolean publisherRtx, boolean viewerRtx, int usualSeeds) {
    int seeds = Seeds.of(usualSeeds);
    long sent = 0;
    long missing = 0;
    long repaired = 0;
    for (long seed = 1; seed <= seeds; seed++) {
      Outcome outcome = run(seed, percent / 100.0, publisherRtx, viewerRtx);
      sent += outcome.sent();
      missing += outcome.missing();
      repaired += outcome.repaired();
    }
    System.out.printf(
        "%d %% loss, rtx from the publisher %s, to the viewer %s: %d of %d packets never came,"
            + " %d retransmissions in a stream of their own%n",
        percent, publisherRtx, viewerRtx, missing, sent, repaired);
    assertThat(missing * 1000.0 / sent).isLessThan(percent == 20 ? 1.0 : 0.05);
    assertThat(repaired).isBetween(viewerRtx ? sent * percent / 200 : 0, viewerRtx ? sent : 0);
  }

  private static Outcome run(long seed, double loss, boolean publisherRtx, boolean viewerRtx) {
    var network = new SimNetwork(seed);
    var node = new SimNode(network);
    LinkConditions bad =
        LinkConditions.WAN
            .withDelay(ONE_WAY, Duration.ofMillis(4))
            .withLoss(loss)
            .withReordering(0.005)
            .withDuplication(0.005);
    SimPublisher publisher =
        publisherRtx
            ? SimPublisher.repairing(network, "10.0.0.1")
            : SimPublisher.vp8(network, "10.0.0.1");
    node.publish("publisher", publisher);
    var video = new OfferedCodec(Codec.VP8, 120);
    SimViewer viewer =
        SimViewer.repairing(network, "10.1.0.1", viewerRtx ? video.withRtx(121) : video);
    node.view("viewer", viewer);
    assertThat(network.runUntil(() -> !viewer.packets().isEmpty(), Duration.ofSeconds(5))).isTrue();
    network.connect(publisher.socket(), node.socket(), bad);
    network.connect(viewer.socket(), node.socket(), bad);
    network.run(Duration.ofSeconds(8));

    List<ReceivedPacket> received = viewer.packets(MediaKind.VIDEO);
    List<SentPacket> sent = publisher.sent(MediaKind.VIDEO);
    assertThat(node.ended()).isEmpty();
    assertThat(received).as("seed %s", seed).isNotEmpty();
    return new Outcome(
        count(sent, received),
        missing(sent, received, network.now() - Duration.ofSeconds(1).toNanos()),
        viewer.repair().retransmissions());
  }

  private static long count(List<SentPacket> sent, List<ReceivedPacket> received) {
    return sent.size() - first(sent, received);
  }

  private static int first(List<SentPacket> sent, List<ReceivedPacket> received) {
    byte[] payload = received.getFirst().payload();
    for (int i = 0; i < sent.size(); i++) {
      if (Arrays.equals(sent.get(i).payload(), payload)) {
        return i;
      }
    }
    throw new AssertionError("the first packet was never sent");
  }

  /// Packets that were sent long enough ago and have not come; what came is what was sent, once,
  /// under constant offsets.
  private static long missing(
      List<SentPacket> sent, List<ReceivedPacket> received, long beforeNanos) {
    Map<Long, ReceivedPacket> byIndex = new HashMap<>();
    for (ReceivedPacket packet : received) {
      assertThat(byIndex.put(packet.packetIndex(), packet)).isNull();
    }
    int first = first(sent, received);
    long offset = received.getFirst().packetIndex() - sent.get(first).number();
    long missing = 0;
    long last = received.getFirst().packetIndex();
    for (ReceivedPacket packet : received) {
      last = packet.atNanos() < beforeNanos ? Math.max(last, packet.packetIndex()) : last;
    }
    for (int i = first; i < sent.size() && sent.get(i).number() + offset <= last; i++) {
      ReceivedPacket same = byIndex.get(sent.get(i).number() + offset);
      if (same == null) {
        missing++;
      } else {
        assertThat(same.payload()).isEqualTo(sent.get(i).payload());
      }
    }
    return missing;
  }
}
