package io.wishbone.node.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.wishbone.node.doctor.SessionFigures;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// How the sessions of one role fare, as histograms: every five seconds each session counts once.
final class RoleHistograms {
  private static final double[] BITRATES = {
    50_000, 150_000, 300_000, 600_000, 1_200_000, 2_500_000, 5_000_000, 10_000_000, 20_000_000
  };
  private static final double[] LOSSES = {0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5};
  private static final Duration[] ROUND_TRIPS = millis(5, 10, 25, 50, 100, 200, 400, 800, 2000);
  private static final Duration[] JITTERS = millis(1, 2, 5, 10, 20, 50, 100, 200);

  private final DistributionSummary bitrate;
  private final DistributionSummary loss;
  private final Timer roundTrip;
  private final Timer jitter;

  RoleHistograms(String role, MeterRegistry registry) {
    bitrate =
        DistributionSummary.builder("wishbone.session.bitrate")
            .description("Bits a second of connected sessions; each counts once every 5 s")
            .tag("role", role)
            .serviceLevelObjectives(BITRATES)
            .register(registry);
    loss =
        DistributionSummary.builder("wishbone.session.loss")
            .description("Share of packets lost lately, 0 to 1; each session counts once every 5 s")
            .tag("role", role)
            .serviceLevelObjectives(LOSSES)
            .register(registry);
    roundTrip =
        Timer.builder("wishbone.session.round.trip")
            .description("There and back, where it is known; each session counts once every 5 s")
            .tag("role", role)
            .serviceLevelObjectives(ROUND_TRIPS)
            .register(registry);
    jitter =
        Timer.builder("wishbone.session.jitter")
            .description("Of the worst track (RFC 3550); each session counts once every 5 s")
            .tag("role", role)
            .serviceLevelObjectives(JITTERS)
            .register(registry);
  }

  private static Duration[] millis(int... limits) {
    var durations = new Duration[limits.length];
    for (int i = 0; i < limits.length; i++) {
      durations[i] = Duration.ofMillis(limits[i]);
    }
    return durations;
  }

  void record(SessionFigures figures) {
    bitrate.record(figures.bitrate());
    loss.record(figures.loss());
    if (figures.roundTripNanos() >= 0) {
      roundTrip.record(figures.roundTripNanos(), TimeUnit.NANOSECONDS);
    }
    if (figures.jitterNanos() >= 0) {
      jitter.record(figures.jitterNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
