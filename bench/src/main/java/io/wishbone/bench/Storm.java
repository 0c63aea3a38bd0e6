package io.wishbone.bench;

import io.wishbone.client.load.Durations;
import io.wishbone.client.load.LoadPlan;
import io.wishbone.client.load.Swarm;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// Many viewers who come at once, and what those who were there before notice of it.
final class Storm {
  private static final int RUNNING = 100;
  private static final int COMING = 500;
  private static final double SECONDS = 5;
  private static final int PACKETS_PER_FRAME = 7;

  private Storm() {}

  /// @param connected how many of those who came were connected in the end
  /// @param failures why the others were not
  /// @param missing packets of those who were there before, during the storm
  /// @param before how long their packets were on their way before it
  /// @param during how long they were on their way in it
  record Outcome(
      int connected,
      List<String> failures,
      double seconds,
      long received,
      long missing,
      Durations.Summary before,
      Durations.Summary during) {}

  static Outcome run(FanOut setup) throws InterruptedException, ExecutionException {
    LoadPlan here = plan(1, RUNNING);
    LoadPlan come = plan(0, COMING);
    try (var node = setup.node();
        var running = new Swarm(here, node, moment -> {});
        var coming = new Swarm(come, node, moment -> {})) {
      running.publish();
      running.join(RUNNING, 50);
      TimeUnit.SECONDS.sleep(3);
      running.forget();
      TimeUnit.SECONDS.sleep(5);
      Durations.Summary before = running.recentDelays();
      running.forget();
      long begun = System.nanoTime();
      coming.join(COMING, COMING / SECONDS);
      double seconds = (System.nanoTime() - begun) / 1e9;
      Durations.Summary during = running.recentDelays();
      long[] counts = running.receivedAndMissing();
      return new Outcome(
          coming.connected(), coming.failures(), seconds, counts[0], counts[1], before, during);
    }
  }

  private static LoadPlan plan(int publishers, int viewers) {
    return new LoadPlan(
        publishers,
        viewers,
        LoadPlan.frameOfPackets(PACKETS_PER_FRAME),
        FanOut.FRAMES_PER_SECOND,
        50,
        Duration.ofSeconds(5),
        1,
        16,
        false,
        0);
  }
}
