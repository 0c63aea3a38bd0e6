package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.LinkConditions;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import io.wishbone.webrtc.stats.NtpTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A publisher at one node, viewers at others.
class RelayTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimNetwork network = new SimNetwork(42);
  private final SimCluster cluster = new SimCluster(network);
  private final SimNode origin = cluster.open("origin", 1);
  private final SimNode edge = cluster.open("edge", 2);

  @Test
  void bringsAStreamToAnotherNode() {
    SimPublisher publisher = origin.publish();
    network.run(SECOND.multipliedBy(2));

    cluster.bring(edge, "origin");
    SimViewer viewer = edge.view(1);
    network.run(SECOND.multipliedBy(3));

    RelayedPackets.assertAreWhatWasSent(publisher, viewer);
    List<ReceivedPacket> picture = viewer.packets(MediaKind.VIDEO);
    assertThat(ViewerPackets.startsKeyframe(picture.getFirst())).isTrue();
    assertThat(picture.getLast().packetIndex() - picture.getFirst().packetIndex())
        .isEqualTo(picture.size() - 1);
    assertThat(ViewerPackets.refused(viewer)).isZero();
    assertThat(edge.reports().getLast())
        .matches(StreamReport::live)
        .matches(report -> report.viewers() == 1)
        .matches(report -> "origin".equals(report.parent()));
    assertThat(origin.reports().getLast())
        .matches(report -> report.viewers() == 0)
        .matches(report -> report.parent() == null);
  }

  @Test
  void keepsThePacketIndexesOfAStreamThatHasGoneRoundItsSequenceNumbers() {
    SimPublisher publisher = SimPublisher.wrapping(network, "10.0.0.1", 300);
    origin.publish("publisher", publisher);
    network.run(SECOND.multipliedBy(10));

    cluster.bring(edge, "origin");
    SimViewer viewer = edge.view(1);
    network.run(SECOND.multipliedBy(3));

    RelayedPackets.assertAreWhatWasSent(publisher, viewer);
  }

  @Test
  void endsTheRelayAfterTheLastViewer() {
    origin.publish();
    network.run(SECOND);
    cluster.bring(edge, "origin");
    SimViewer viewer = edge.view(1);
    network.run(SECOND.multipliedBy(2));

    viewer.close();
    network.run(SECOND.multipliedBy(4));
    assertThat(edge.worker().snapshot().streams()).isEqualTo(1);
    network.run(SECOND.multipliedBy(3));

    assertThat(edge.worker().snapshot().streams()).isZero();
    assertThat(edge.pullsEnded()).containsExactly("pull-1-from-origin");
    assertThat(edge.reports().getLast().live()).isFalse();
    assertThat(origin.worker().relayCount()).isZero();
    assertThat(edge.worker().relayCount()).isZero();
    long sent = origin.socket().sentTo(edge.relaySockets().getFirst().address());
    network.run(SECOND);
    assertThat(origin.socket().sentTo(edge.relaySockets().getFirst().address())).isEqualTo(sent);
  }

  @Test
  void tellsViewersThePublishersClockThroughTwoNodesWithLoss() {
    SimPublisher publisher = origin.publish();
    SimNode leaf = cluster.open("leaf", 3);
    network.run(SECOND);
    cluster.bring(edge, "origin");
    cluster.bring(leaf, "edge");
    network.connect(
        origin.socket(),
        edge.relaySockets().getFirst(),
        LinkConditions.WAN.withLoss(0.02).withReordering(0.02));
    network.connect(
        edge.socket(), leaf.relaySockets().getFirst(), LinkConditions.WAN.withLoss(0.02));
    SimViewer near = origin.view(1);
    SimViewer middle = edge.view(2);
    SimViewer far = leaf.view(3);

    network.run(SECOND.multipliedBy(12));

    for (MediaKind kind : List.of(MediaKind.AUDIO, MediaKind.VIDEO)) {
      NtpTime truth = RelayedPackets.firstCapture(publisher, near, kind);
      for (SimViewer viewer : List.of(middle, far)) {
        // A tick of the clock is lost to rounding at most, at each node.
        assertThat(Math.abs(RelayedPackets.firstCapture(publisher, viewer, kind).nanosSince(truth)))
            .isLessThan(2 * 1_000_000_000L / 48_000);
      }
    }
    assertThat(leaf.reports().getLast().parent()).isEqualTo("edge");
  }
}
