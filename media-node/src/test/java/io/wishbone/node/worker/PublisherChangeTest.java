package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.ReceivedPacket;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import io.wishbone.webrtc.transport.TransportCloseReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// One publisher after another on the same stream.
class PublisherChangeTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimNetwork network = new SimNetwork(42);
  private final SimNode node = new SimNode(network);

  @Test
  void letsViewersGoOnWhenTheStreamIsPublishedAgain() {
    SimPublisher first = node.publish();
    SimViewer viewer = node.view(1);
    network.run(SECOND.multipliedBy(3));
    first.close();
    network.run(SECOND.multipliedBy(5));
    int before = viewer.packets(MediaKind.VIDEO).size();

    SimPublisher second = SimPublisher.vp8(network, "10.0.0.2");
    node.publish("second", second);
    network.run(SECOND.multipliedBy(3));

    List<ReceivedPacket> video = viewer.packets(MediaKind.VIDEO);
    assertThat(video.size()).isGreaterThan(before + 100);
    ViewerPackets.assertInOrder(video);
    assertThat(ViewerPackets.startsKeyframe(video.get(before))).isTrue();
    assertThat(video.get(before).packetIndex()).isEqualTo(video.get(before - 1).packetIndex() + 1);
    long ticks = (video.get(before).timestamp() - video.get(before - 1).timestamp()) & 0xFFFFFFFFL;
    long nanos = video.get(before).atNanos() - video.get(before - 1).atNanos();
    assertThat(ticks).isBetween(nanos * 90 / 1_000_000 - 9000, nanos * 90 / 1_000_000 + 9000);
    assertThat(ViewerPackets.refused(viewer)).isZero();
  }

  @Test
  void putsAPublisherInThePlaceOfAnotherAtOnce() {
    SimPublisher first = node.publish();
    SimViewer viewer = node.view(1);
    network.run(SECOND.multipliedBy(3));

    SimPublisher second = SimPublisher.vp8(network, "10.0.0.2");
    OpenResult result =
        node.open("second", "demo", SessionRole.PUBLISHER, second.offer(), "publisher");
    assertThat(node.ended())
        .containsExactly(new SimNode.Ended("publisher", EndReason.REPLACED, network.now()));
    second.accept(((OpenResult.Opened) result).answer());
    network.run(SECOND);
    int before = viewer.packets(MediaKind.VIDEO).size();
    network.run(SECOND.multipliedBy(3));

    assertThat(first.closeReason()).isEqualTo(TransportCloseReason.CLOSED_BY_PEER);
    assertThat(node.ended()).hasSize(1);
    assertThat(viewer.packets(MediaKind.VIDEO).size()).isGreaterThan(before + 100);
    ViewerPackets.assertInOrder(viewer.packets(MediaKind.VIDEO));
    assertThat(node.worker().snapshot()).isEqualTo(new WorkerSnapshot(1, 1, 1));
  }

  @Test
  void keepsThePublisherWhoseSuccessorItRefuses() {
    SimPublisher first = node.publish();
    SimViewer viewer = node.view(1);
    network.run(SECOND.multipliedBy(3));
    SimViewer wrong = SimViewer.open(network, "10.0.0.2");

    assertThat(node.open("second", "demo", SessionRole.PUBLISHER, wrong.offer(), "publisher"))
        .isInstanceOf(OpenResult.Refused.class);
    network.run(SECOND);

    assertThat(node.ended()).isEmpty();
    assertThat(first.isConnected()).isTrue();
    assertThat(viewer.packets(MediaKind.VIDEO).getLast().atNanos())
        .isGreaterThan(network.now() - SECOND.toNanos() / 10);
  }

  @Test
  void replacesNobodyButThePublisherThatWasNamed() {
    node.publish();
    SimPublisher second = SimPublisher.vp8(network, "10.0.0.2");
    node.view(1);

    for (String replaces : List.of("gone", "viewer-1")) {
      assertThat(node.open("second", "demo", SessionRole.PUBLISHER, second.offer(), replaces))
          .isInstanceOfSatisfying(
              OpenResult.Refused.class,
              refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.STREAM_TAKEN));
    }
    assertThat(node.open("other", "other", SessionRole.PUBLISHER, second.offer(), "publisher"))
        .isInstanceOf(OpenResult.Opened.class);
    assertThat(node.ended()).isEmpty();
  }
}
