package io.wishbone.signaling.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;

/// Counts what an operator's program is told.
@Singleton
public final class NotificationMetrics {

  private static final double MILLIS = 1e3;

  private volatile Supplier<Number> waiting = () -> 0;
  private volatile Supplier<Duration> age = () -> Duration.ZERO;
  private final MeterRegistry registry;
  private final Counter delivered;
  private final Counter refused;
  private final Counter dropped;
  private final Counter expired;
  private final Counter failures;

  public NotificationMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("wishbone.notification.queue", () -> waiting.get())
        .description(
            "Lifecycle events that wait to be told; in a cluster of those that this pod has taken")
        .register(registry);
    Gauge.builder("wishbone.notification.age.seconds", () -> age.get().toMillis() / MILLIS)
        .description(
            "How long the oldest lifecycle event has waited that this pod tells; 0 when none waits")
        .register(registry);
    delivered = events("delivered");
    refused = events("refused");
    dropped = events("dropped");
    expired = events("expired");
    failures =
        Counter.builder("wishbone.notification.failures")
            .description("Tries to notify that failed and are made again")
            .register(registry);
  }

  private Counter events(String outcome) {
    return Counter.builder("wishbone.notifications")
        .description(
            "Lifecycle events by what became of them: dropped ones found the queue full, expired ones failed for too long")
        .tag("outcome", outcome)
        .register(registry);
  }

  /// Shows how many wait, and how long the oldest of them has; none do before.
  public void watch(Supplier<Number> length, Supplier<Duration> oldest) {
    waiting = length;
    age = oldest;
  }

  public void delivered(int count) {
    delivered.increment(count);
  }

  public void refused() {
    refused.increment();
  }

  public void dropped() {
    dropped.increment();
  }

  public void expired() {
    expired.increment();
  }

  public void failed() {
    failures.increment();
  }
}
