package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Publishers come and go at one node, viewers watch at another.
class RelaySourceChangeTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final OfferedCodec OPUS = new OfferedCodec(Codec.OPUS, 111);

  private final SimNetwork network = new SimNetwork(42);
  private final SimCluster cluster = new SimCluster(network);
  private final SimNode origin = cluster.open("origin", 1);
  private final SimNode edge = cluster.open("edge", 2);
  private final SimNode leaf = cluster.open("leaf", 3);
  private final SimPublisher first = origin.publish();
  private final SimViewer near;
  private final SimViewer far;

  RelaySourceChangeTest() {
    network.run(SECOND);
    cluster.bring(edge, "origin");
    cluster.bring(leaf, "edge");
    near = edge.view(1);
    far = leaf.view(2);
    network.run(SECOND.multipliedBy(2));
  }

  private static void assertGoesOn(SimViewer viewer, long changedNanos) {
    List<ReceivedPacket> picture = viewer.packets(MediaKind.VIDEO);
    assertThat(picture)
        .filteredOn(packet -> packet.atNanos() > changedNanos)
        .hasSizeGreaterThan(50)
        .anyMatch(ViewerPackets::startsKeyframe);
    RelayedPackets.assertIsWhole(picture);
    ViewerPackets.assertInOrder(picture);
    assertThat(ViewerPackets.refused(viewer)).isZero();
  }

  private static void assertEndedNoViewer(SimNode node) {
    assertThat(node.ended()).noneMatch(ended -> ended.sessionId().startsWith("viewer"));
  }

  @Test
  void followAPublisherWhoTakesTheStreamOver() {
    SimPublisher second = SimPublisher.vp8(network, "10.0.0.2");
    OpenResult result =
        origin.open("second", "demo", SessionRole.PUBLISHER, second.offer(), "publisher");
    second.accept(((OpenResult.Opened) result).answer());
    long changed = network.now();

    network.run(SECOND.multipliedBy(4));

    assertGoesOn(near, changed);
    assertGoesOn(far, changed);
    assertEndedNoViewer(edge);
    assertEndedNoViewer(leaf);
    assertThat(first.isConnected()).isFalse();
  }

  @Test
  void waitForAPublisherWhoComesBack() {
    first.close();
    network.run(SECOND);
    assertThat(edge.reports().getLast().live()).isFalse();
    assertThat(leaf.reports().getLast().live()).isFalse();
    network.run(SECOND.multipliedBy(10));
    int farBefore = far.packets(MediaKind.VIDEO).size();

    SimPublisher second = SimPublisher.vp8(network, "10.0.0.2");
    origin.publish("second", second);
    long changed = network.now();
    assertThat(
            network.runUntil(
                () -> far.packets(MediaKind.VIDEO).size() > farBefore, SECOND.multipliedBy(5)))
        .isTrue();
    assertThat(Duration.ofNanos(network.now() - changed)).isLessThan(Duration.ofMillis(2_500));
    network.run(SECOND.multipliedBy(3));

    assertGoesOn(near, changed);
    assertGoesOn(far, changed);
    assertEndedNoViewer(leaf);
  }

  @Test
  void endsTheViewersWhomAnotherPublishersCodecsDoNotFit() {
    first.close();
    network.run(SECOND);

    SimPublisher second =
        SimPublisher.of(network, "10.0.0.2", OPUS, new OfferedCodec(Codec.VP9, 98));
    origin.publish("second", second);
    network.run(SECOND.multipliedBy(5));

    assertThat(edge.ended())
        .anyMatch(e -> e.sessionId().equals("viewer-1") && e.reason() == EndReason.CODECS_CHANGED);
  }

  @Test
  void givesUpItsViewersWhenNobodyComesBack() {
    first.close();
    network.run(SECOND.multipliedBy(40));

    assertThat(edge.ended())
        .anyMatch(e -> e.sessionId().equals("viewer-1") && e.reason() == EndReason.PUBLISHER_GONE);
    network.run(SECOND.multipliedBy(10));
    int calls = cluster.calls().size();
    network.run(SECOND.multipliedBy(10));
    assertThat(cluster.calls()).hasSize(calls);
    assertThat(edge.worker().snapshot().streams()).isZero();
  }

  @Test
  void letsAPublisherTakeOverWhereTheStreamWasPulled() {
    SimPublisher second = SimPublisher.vp8(network, "10.0.0.2");
    first.close();
    edge.publish("second", second);
    long changed = network.now();
    network.run(SECOND.multipliedBy(4));

    assertGoesOn(near, changed);
    assertGoesOn(far, changed);
    assertThat(edge.reports().getLast())
        .matches(StreamReport::live)
        .matches(report -> report.parent() == null);
    assertThat(edge.worker().snapshot()).isEqualTo(new WorkerSnapshot(1, 1, 1));
    assertThat(edge.pullsEnded()).containsExactly("pull-1-from-origin");
    assertThat(origin.worker().relayCount()).isZero();

    cluster.bring(origin, "edge");
    assertThat(origin.reports().getLast().parent()).isEqualTo("edge");
  }
}
