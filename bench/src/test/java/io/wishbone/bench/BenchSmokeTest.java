package io.wishbone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.client.load.LoadPlan;
import io.wishbone.client.load.LoadResult;
import io.wishbone.client.load.Swarm;
import io.wishbone.node.io.SendCounters;
import io.wishbone.node.io.SendPath;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What must hold however busy the machine is: at a low rate nothing is lost, everything that is
/// decrypted is authentic, and frames leave in runs where the kernel has segmented datagrams.
class BenchSmokeTest {
  private static final int VIEWERS = 5;
  private static final int PACKETS_PER_FRAME = 6;

  private static LoadPlan plan(boolean feedback) {
    return new LoadPlan(
        1,
        VIEWERS,
        LoadPlan.frameOfPackets(PACKETS_PER_FRAME),
        10,
        10,
        Duration.ofSeconds(4),
        1,
        1,
        feedback,
        0);
  }

  private static LoadResult run(BenchNode node, boolean feedback) throws Exception {
    try (var swarm = new Swarm(plan(feedback), node, moment -> {})) {
      LoadResult result = swarm.run();
      assertThat(result.failures()).isEmpty();
      assertThat(result.connected()).isEqualTo(VIEWERS);
      assertThat(result.packets()).isGreaterThan(VIEWERS * PACKETS_PER_FRAME * 10L);
      assertThat(result.missing()).isZero();
      assertThat(result.refused()).isZero();
      assertThat(result.firstKeyframe().count()).isEqualTo(VIEWERS);
      assertThat(result.delay().count()).isPositive();
      return result;
    }
  }

  @Test
  void losesNothingAndSendsInRunsWhereTheKernelHasSegments() throws Exception {
    try (var node = new BenchNode(SendPath.USUAL, "auto")) {
      run(node, false);
      SendCounters.Snapshot sent = node.sent().getFirst();
      assertThat(sent.dropped()).isZero();
      assertThat(sent.refusedRuns()).isZero();
      if (node.isSegmented()) {
        assertThat(sent.packetsPerRun()).isGreaterThan(2);
        assertThat(sent.segmentedPackets()).isGreaterThan(sent.packets() / 2);
      } else {
        System.err.println("no segmented datagrams here");
        assertThat(sent.segmentedPackets()).isZero();
      }
    }
  }

  @Test
  void losesNothingOnThePlainPath() throws Exception {
    try (var node = new BenchNode(new SendPath(false, Duration.ofMillis(1)), "jce")) {
      run(node, true);
      assertThat(node.sent().getFirst().segmentedPackets()).isZero();
      assertThat(node.sent().getFirst().dropped()).isZero();
    }
  }
}
