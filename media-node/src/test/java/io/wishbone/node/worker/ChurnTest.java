package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Sessions come and go, every fifth without a word: what is left of them is nothing. The long one,
/// against a whole server, is `./wishbone soak`.
class ChurnTest {
  private static final int SESSIONS = 500;

  private final SimNetwork network = new SimNetwork(600);
  private final SimNode node = new SimNode(network);

  @Test
  void leavesNothingBehind() {
    node.publish();
    for (int i = 0; i < SESSIONS; i++) {
      SimViewer viewer = node.view(i);
      assertThat(network.runUntil(viewer::isConnected, Duration.ofSeconds(5))).as("" + i).isTrue();
      if (i % 5 == 0) {
        viewer.vanish();
      } else {
        viewer.close();
      }
    }
    network.run(Duration.ofSeconds(20));

    assertThat(node.ended()).hasSize(SESSIONS);
    assertThat(node.ended())
        .filteredOn(end -> end.reason() == EndReason.SILENT)
        .hasSize(SESSIONS / 5);
    assertThat(node.worker().snapshot()).as("the publisher").isEqualTo(new WorkerSnapshot(1, 0, 1));
  }
}
