package io.wishbone.it.quality;

import static io.wishbone.it.quality.Viewing.number;
import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.it.Chromium;
import io.wishbone.it.FreePorts;
import io.wishbone.it.RunningServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How soon a real browser that publishes over a thin uplink has found out what there is of it.
///
/// Settled is when, over the five seconds that follow, the browser's own estimate - which it shares
/// out to its encoders - is within 15 % of the link on average. How much of the link is then used
/// is another matter: the test picture is not hard to encode.
class UplinkQuality {
  private static final int RUNS = Integer.getInteger("quality.runs", 3);
  private static final int STEPS = 60;
  private static final int STEP_MILLIS = 500;
  private static final int HOLD_STEPS = 10;
  private static final long ONE_WAY_MILLIS = 20;
  private static final int RELAY_PORT = FreePorts.udp(1);

  @RegisterExtension static final Chromium chromium = new Chromium();

  @RegisterExtension
  static final RunningServer server =
      RunningServer.with("--workers", "1", "--advertise", "127.0.0.1:" + RELAY_PORT);

  private record Sample(double seconds, double used, double estimated) {}

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  @ParameterizedTest
  @ValueSource(longs = {600_000, 1_500_000})
  void settlesOnAThinUplink(long bitsPerSecond) throws Exception {
    List<Double> settled = new ArrayList<>();
    try (var relay = new Relay(RELAY_PORT, server.mediaPort(), bitsPerSecond)) {
      for (int run = 1; run <= RUNS; run++) {
        Path path =
            relay.open(
                Conditions.narrow(bitsPerSecond, ONE_WAY_MILLIS),
                Conditions.lossy(0, ONE_WAY_MILLIS));
        String stream = "thin-" + bitsPerSecond + "-" + run;
        List<Sample> samples =
            sample(Publishing.of(chromium, server, stream, false), path, bitsPerSecond);
        settled.add(settled(samples));
        List<Sample> since =
            samples.stream().filter(sample -> sample.seconds() > settled.getLast()).toList();
        System.out.printf(
            "uplink of %d kbit/s, run %d: settled %.1f s after live; from then on %.0f %% of it"
                + " estimated, %.0f %% used; %.1f %% of the packets found the queue full%n",
            bitsPerSecond / 1_000,
            run,
            settled.getLast(),
            100 * mean(since, Sample::estimated),
            100 * mean(since, Sample::used),
            100 * path.up().overflowedShare());
        chromium.closeWindows();
      }
    }
    settled.sort(null);
    assertThat(settled.get(RUNS / 2))
        .as("median seconds until settled")
        .isLessThanOrEqualTo(Goals.atMost(10));
  }

  private static List<Sample> sample(Publishing publishing, Path path, long bitsPerSecond) {
    long began = System.nanoTime();
    long before = began;
    long bytes = path.up().carriedBytes();
    List<Sample> samples = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      publishing.waitFor(STEP_MILLIS);
      Map<?, ?> now = publishing.statistics();
      long nowNanos = System.nanoTime();
      long carried = path.up().carriedBytes();
      samples.add(
          new Sample(
              (nowNanos - began) / 1e9,
              (carried - bytes) * 8e9 / (nowNanos - before) / bitsPerSecond,
              number(now, "available") / bitsPerSecond));
      before = nowNanos;
      bytes = carried;
    }
    return samples;
  }

  private static double mean(List<Sample> samples, ToDoubleFunction<Sample> what) {
    return samples.stream().mapToDouble(what).average().orElse(Double.NaN);
  }

  private static double settled(List<Sample> samples) {
    for (int from = 0; from + HOLD_STEPS <= samples.size(); from++) {
      List<Sample> held = samples.subList(from, from + HOLD_STEPS);
      double estimated = mean(held, Sample::estimated);
      if (estimated >= 0.85 && estimated <= 1.15) {
        return from == 0 ? 0 : samples.get(from - 1).seconds();
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
