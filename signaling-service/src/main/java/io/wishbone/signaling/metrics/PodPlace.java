package io.wishbone.signaling.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.wishbone.signaling.SignalingConfig;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Shows where this signalling server runs. Its other meters do not say: `region` and `zone` are
/// those of a node there. Which server it is, Prometheus adds itself.
@Singleton
final class PodPlace {

  void show(@Observes StartupEvent event, SignalingConfig config, MeterRegistry registry) {
    Gauge.builder("wishbone.pod", () -> 1)
        .description("1, with the place of this signalling server")
        .tag("region", config.region().orElse(""))
        .tag("zone", config.zone().orElse(""))
        .register(registry);
  }
}
