package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import io.wishbone.webrtc.transport.TransportCloseReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// DTLS steps come back after the datagram that caused them was dealt with: what they set has to be
/// noticed then.
class WorkerTimersTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimNetwork network = new SimNetwork(11);
  private final SimNode node = new SimNode(network);

  private static boolean isDtls(byte[] datagram) {
    return datagram[0] >= 20 && datagram[0] <= 63;
  }

  @Test
  void repeatsALostClientHelloInTime() {
    SimPublisher ffmpeg = SimPublisher.passive(network, "10.0.0.1");
    node.socket().loseNext(WorkerTimersTest::isDtls);
    node.publish("publisher", ffmpeg);
    assertThat(network.runUntil(() -> !node.socket().isLosing(), SECOND)).isTrue();
    long nominatedAt = network.now();

    assertThat(network.runUntil(ffmpeg::isConnected, SECOND.multipliedBy(10))).isTrue();

    assertThat(Duration.ofNanos(network.now() - nominatedAt)).isLessThan(Duration.ofMillis(300));
  }

  @Test
  void noticesAPublisherThatVanishesAsSoonAsItIsConnected() {
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.0.1");
    node.publish("publisher", publisher);
    network.runUntil(() -> node.connected().contains("publisher"), SECOND);
    publisher.vanish();
    long vanishedAt = network.now();

    network.runUntil(() -> !node.ended().isEmpty(), SECOND.multipliedBy(60));

    assertThat(Duration.ofNanos(network.now() - vanishedAt)).isLessThan(SECOND.multipliedBy(8));
  }

  @Test
  void endsASessionWhoseTimeIsOverHoweverLivelyItIs() {
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.0.1");
    SimViewer viewer = SimViewer.open(network, "10.1.0.1");
    node.publish("publisher", publisher);
    long openedAt = network.now();
    node.joinFor(SECOND.multipliedBy(20), "viewer", SessionRole.SUBSCRIBER, viewer);

    network.run(SECOND.multipliedBy(40));

    assertThat(node.ended())
        .containsExactly(
            new SimNode.Ended(
                "viewer", EndReason.LIFETIME_OVER, openedAt + SECOND.multipliedBy(20).toNanos()));
    assertThat(viewer.closeReason()).isEqualTo(TransportCloseReason.CLOSED_BY_PEER);
    assertThat(publisher.isConnected()).isTrue();
    assertThat(node.worker().snapshot()).isEqualTo(new WorkerSnapshot(1, 0, 1));
  }

  @Test
  void endsAPublisherWhoseTimeIsOverAlsoWhenItNeverConnected() {
    SimPublisher silent = SimPublisher.vp8(network, "10.0.0.1");
    silent.vanish();
    long openedAt = network.now();
    node.joinFor(SECOND.multipliedBy(5), "publisher", SessionRole.PUBLISHER, silent);

    network.run(SECOND.multipliedBy(40));

    assertThat(node.ended())
        .containsExactly(
            new SimNode.Ended(
                "publisher", EndReason.LIFETIME_OVER, openedAt + SECOND.multipliedBy(5).toNanos()));
    assertThat(node.worker().nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void goesOnWithTheOthersWhenASessionCannotBeCleanedUp() {
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.0.1");
    SimViewer viewer = SimViewer.open(network, "10.1.0.1");
    node.publish("publisher", publisher);
    node.view("viewer", viewer);
    network.run(SECOND);
    node.offload().breakDown();

    assertThat(node.worker().close("publisher", "deleted", network.now())).isTrue();
    network.run(SECOND.multipliedBy(31));

    assertThat(node.ended())
        .extracting(SimNode.Ended::reason)
        .containsExactly(EndReason.CLOSED, EndReason.PUBLISHER_GONE);
    assertThat(node.worker().snapshot()).isEqualTo(new WorkerSnapshot(0, 0, 0));
    assertThat(node.worker().nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void dismissesAViewerThatConnectsAfterTheStreamHasChangedItsCodecs() {
    SimPublisher first = SimPublisher.vp8(network, "10.0.0.1");
    node.publish("first", first);
    SimViewer viewer = SimViewer.open(network, "10.1.0.1");
    OpenResult opened = node.open("viewer", "demo", SessionRole.SUBSCRIBER, viewer.offer());
    node.worker().close("first", "deleted", network.now());
    SimPublisher second = SimPublisher.vp8(network, "10.0.0.2");
    assertThat(
            node.open(
                "second",
                "demo",
                SessionRole.PUBLISHER,
                second.offer().replace("VP8/90000", "VP9/90000")))
        .isInstanceOf(OpenResult.Opened.class);

    viewer.accept(((OpenResult.Opened) opened).answer());
    network.run(SECOND.multipliedBy(2));

    assertThat(node.ended())
        .extracting(SimNode.Ended::sessionId, SimNode.Ended::reason)
        .contains(tuple("viewer", EndReason.CODECS_CHANGED));
    assertThat(viewer.closeReason()).isEqualTo(TransportCloseReason.CLOSED_BY_PEER);
  }
}
