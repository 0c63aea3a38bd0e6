package io.wishbone.node.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimViewer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Many viewers of one stream, at three nodes.
class RelayScaleTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int VIEWERS = 200;

  private final SimNetwork network = new SimNetwork(42);
  private final SimCluster cluster = new SimCluster(network);
  private final SimNode origin = cluster.open("origin", 1);
  private final SimNode one = cluster.open("one", 2);
  private final SimNode two = cluster.open("two", 3);

  private long mediaTo(SimNode edge) {
    return cluster.media(origin, edge.relaySockets().getFirst().address());
  }

  @Test
  void getOneCopyForEachEdgeFromTheOrigin() {
    SimPublisher publisher = origin.publish();
    network.run(SECOND);
    cluster.bring(one, "origin");
    cluster.bring(two, "origin");
    List<SimViewer> viewers = new ArrayList<>();
    for (int i = 0; i < VIEWERS; i++) {
      viewers.add(List.of(origin, one, two).get(i % 3).view(i));
    }
    network.run(SECOND);
    int before = publisher.mediaPackets();
    long oneBefore = mediaTo(one);
    long twoBefore = mediaTo(two);

    network.run(SECOND.multipliedBy(4));

    int sent = publisher.mediaPackets() - before;
    long toOne = mediaTo(one) - oneBefore;
    long toTwo = mediaTo(two) - twoBefore;
    System.out.printf(
        "%d viewers at 3 nodes: publisher sent %d packets, origin sent the edges %d and %d%n",
        VIEWERS, sent, toOne, toTwo);
    assertThat(sent).isGreaterThan(500);
    // What is under way at either end of the interval.
    assertThat(toOne).isBetween(sent - 2L, sent + 2L);
    assertThat(toTwo).isBetween(sent - 2L, sent + 2L);
    assertThat(cluster.calls()).hasSize(2);
    for (SimViewer viewer : viewers) {
      assertThat(viewer.packets(MediaKind.VIDEO)).hasSizeGreaterThan(400);
      RelayedPackets.assertIsWhole(viewer.packets(MediaKind.VIDEO));
      assertThat(ViewerPackets.startsKeyframe(viewer.packets(MediaKind.VIDEO).getFirst())).isTrue();
    }
    assertThat(origin.reports().getLast().viewers()).isEqualTo(67);
    assertThat(one.reports().getLast().viewers()).isEqualTo(67);
    assertThat(two.reports().getLast().viewers()).isEqualTo(66);
  }
}
