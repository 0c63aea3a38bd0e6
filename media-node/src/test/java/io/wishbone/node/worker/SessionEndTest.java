package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import io.wishbone.webrtc.transport.TransportCloseReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// How sessions end: by their peer, by its silence, by a command, for want of a publisher.
class SessionEndTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimNetwork network = new SimNetwork(42);
  private final SimNode node = new SimNode(network);

  @Test
  void forgetsAPublisherThatVanished() {
    SimPublisher publisher = node.publish();
    node.view(1);
    network.run(SECOND.multipliedBy(3));
    long vanishedAt = network.now();

    publisher.vanish();
    network.run(SECOND.multipliedBy(9));

    SimNode.Ended ended = node.ended().getFirst();
    assertThat(ended.sessionId()).isEqualTo("publisher");
    assertThat(ended.reason()).isEqualTo(EndReason.SILENT);
    assertThat(Duration.ofNanos(ended.atNanos() - vanishedAt)).isLessThan(SECOND.multipliedBy(8));
  }

  @Test
  void forgetsASessionThatNeverConnects() {
    long openedAt = network.now();
    SimPublisher silent = SimPublisher.vp8(network, "10.0.0.1");
    node.open("publisher", "demo", SessionRole.PUBLISHER, silent.offer());

    network.run(SECOND.multipliedBy(40));

    assertThat(node.ended())
        .containsExactly(
            new SimNode.Ended(
                "publisher",
                EndReason.NEVER_CONNECTED,
                openedAt + SECOND.multipliedBy(30).toNanos()));
    assertThat(node.worker().snapshot()).isEqualTo(new WorkerSnapshot(0, 0, 0));
    assertThat(node.worker().nextTimeoutNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void tellsThePeerWhenASessionIsClosed() {
    SimPublisher publisher = node.publish();
    SimViewer viewer = node.view(1);
    network.run(SECOND);

    assertThat(node.worker().close("viewer-1", "deleted", network.now())).isTrue();
    network.run(SECOND);

    assertThat(viewer.closeReason()).isEqualTo(TransportCloseReason.CLOSED_BY_PEER);
    assertThat(publisher.isConnected()).isTrue();
    assertThat(node.ended()).extracting(SimNode.Ended::reason).containsExactly(EndReason.CLOSED);
    assertThat(node.worker().close("viewer-1", "deleted", network.now())).isFalse();
  }

  @Test
  void endsASessionAtOnceWhenThePeerSaysGoodbye() {
    SimPublisher publisher = node.publish();
    network.run(SECOND);

    publisher.close();
    network.run(Duration.ofMillis(50));

    assertThat(node.ended())
        .extracting(SimNode.Ended::reason)
        .containsExactly(EndReason.CLOSED_BY_PEER);
  }

  @Test
  void dismissesViewersWhenThePublisherDoesNotComeBack() {
    SimPublisher publisher = node.publish();
    SimViewer viewer = node.view(1);
    network.run(SECOND.multipliedBy(3));
    publisher.close();
    long closedAt = network.now();

    network.run(SECOND.multipliedBy(40));

    assertThat(node.ended())
        .extracting(SimNode.Ended::reason)
        .containsExactly(EndReason.CLOSED_BY_PEER, EndReason.PUBLISHER_GONE);
    assertThat(Duration.ofNanos(node.ended().getLast().atNanos() - closedAt).toSeconds())
        .isEqualTo(30);
    assertThat(viewer.closeReason()).isEqualTo(TransportCloseReason.CLOSED_BY_PEER);
    assertThat(node.worker().snapshot()).isEqualTo(new WorkerSnapshot(0, 0, 0));
  }
}
