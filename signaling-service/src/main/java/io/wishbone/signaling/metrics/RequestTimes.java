package io.wishbone.signaling.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import io.wishbone.signaling.http.FirstRequest;
import io.wishbone.signaling.http.Surface;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// How long clients wait for what changes something, and what they get. A client that goes away
/// before it gets anything counts as 499, as proxies say it.
///
/// Runs on an HTTP event loop.
@Singleton
final class RequestTimes {

  /// Before everything that may answer on its own.
  private static final int PRIORITY = 500;

  private static final int GONE = 499;
  private static final Set<String> METHODS = Set.of("POST", "PATCH", "DELETE");

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry registry;
  private final FirstRequest first;

  RequestTimes(MeterRegistry registry, FirstRequest first) {
    this.registry = registry;
    this.first = first;
  }

  void register(@Observes Filters filters) {
    filters.register(this::time, PRIORITY);
  }

  private void time(RoutingContext request) {
    String method = request.request().method().name();
    String path = request.normalizedPath();
    if (METHODS.contains(method) && Surface.covers(path) && !first.isThis(request.request())) {
      long start = System.nanoTime();
      String protocol = path.startsWith("/whep") ? "whep" : "whip";
      request.addEndHandler(done ->
          record(
              protocol,
              method,
              done.succeeded() ? request.response().getStatusCode() : GONE,
              System.nanoTime() - start));
    }
    request.next();
  }

  private void record(String protocol, String method, int code, long nanos) {
    Timer.builder("wishbone.requests")
        .description("From a request of WHIP or WHEP to the end of its response")
        .tag("protocol", protocol)
        .tag("method", method)
        .tag("code", Integer.toString(code))
        .serviceLevelObjectives(BUCKETS)
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }
}
