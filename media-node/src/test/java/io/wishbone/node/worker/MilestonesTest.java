package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The worker tells what sessions come by, each once and in order.
class MilestonesTest {
  private final SimNetwork network = new SimNetwork(21);
  private final SimNode node = new SimNode(network);

  @Test
  void tellsWhatAPublisherAndAViewerComeBy() {
    node.publish();
    network.run(Duration.ofSeconds(2));
    assertThat(node.milestones())
        .containsExactly(
            "publisher CHECKED",
            "publisher CONNECTED",
            "publisher FIRST_PACKET",
            "publisher FIRST_KEYFRAME");

    node.milestones().clear();
    node.view(1);
    network.run(Duration.ofSeconds(10));
    assertThat(node.milestones())
        .containsExactlyInAnyOrder(
            "viewer-1 CHECKED",
            "viewer-1 CONNECTED",
            "viewer-1 FIRST_PACKET",
            "viewer-1 FIRST_EGRESS",
            "publisher FIRST_EGRESS")
        .containsSubsequence(
            "viewer-1 CHECKED",
            "viewer-1 CONNECTED",
            "viewer-1 FIRST_PACKET",
            "viewer-1 FIRST_EGRESS");
    assertThat(node.milestoneNanos()).isSorted();
  }

  @Test
  void tellsNothingOfMediaThatNeverCome() {
    node.open(
        "never", "demo", SessionRole.PUBLISHER, SimPublisher.vp8(network, "10.0.0.9").offer());
    network.run(Duration.ofSeconds(60));
    assertThat(node.milestones()).isEmpty();
  }
}
