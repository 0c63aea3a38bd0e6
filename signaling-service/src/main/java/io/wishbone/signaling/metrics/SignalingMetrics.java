package io.wishbone.signaling.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.wishbone.control.Command;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeUnreachableException;
import io.wishbone.control.Refused;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionRole;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Counts what goes to media nodes, and what comes from them. Safe for use by many threads.
@Singleton
public final class SignalingMetrics {

  /// From a node next door to the deadline of a carrier.
  private static final Duration[] DISPATCH_BUCKETS = {
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(4)
  };

  private final MeterRegistry registry;
  private volatile long lastEventNanos = Long.MIN_VALUE;

  public SignalingMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("wishbone.node.event.age.seconds", this, SignalingMetrics::secondsSinceAnEvent)
        .description("Time since any node was heard of; nodes report every second. NaN before")
        .register(registry);
  }

  /// A command was answered.
  public void dispatched(Command command, long startNanos, Reply reply) {
    dispatched(
        command, startNanos, reply instanceof Refused refused ? word(refused.reason()) : "ok");
  }

  /// A command was not answered.
  public void failed(Command command, long startNanos, Throwable failure) {
    dispatched(
        command,
        startNanos,
        failure instanceof NodeUnreachableException ? "unreachable" : "carrier_failed");
  }

  private void dispatched(Command command, long startNanos, String outcome) {
    Timer.builder("wishbone.dispatch")
        .description("From a command to its reply, through the carrier and the media node")
        .tag("command", command.getClass().getSimpleName())
        .tag("outcome", outcome)
        .serviceLevelObjectives(DISPATCH_BUCKETS)
        .register(registry)
        .record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
  }

  /// A node reported something.
  public void heard(NodeEvent event) {
    lastEventNanos = System.nanoTime();
    count(
        "wishbone.node.events", "Reports of media nodes", "kind", event.getClass().getSimpleName());
  }

  /// Shows how many reports wait to be taken in, and how many found too many before them.
  ///
  /// @param purpose what they are taken in for
  public void watchEventQueue(String purpose, Supplier<Number> length, Supplier<Number> refused) {
    Gauge.builder("wishbone.node.event.queue", length)
        .description(
            "Reports of media nodes that wait to be taken in: to change the store, or to know")
        .tag("purpose", purpose)
        .register(registry);
    FunctionCounter.builder(
            // A counter holds on to what it is of only weakly.
            "wishbone.node.events.refused", registry, _ -> refused.get().doubleValue())
        .description("Reports of media nodes that found too many before them")
        .tag("purpose", purpose)
        .register(registry);
  }

  /// It was decided where a session goes.
  void placed(SessionRole role, String where) {
    Counter.builder("wishbone.placements")
        .description("Decisions where a session goes; one that a node refuses takes another")
        .tag("role", word(role))
        .tag("outcome", where)
        .register(registry)
        .increment();
  }

  private void count(String name, String description, String tag, String value) {
    Counter.builder(name).description(description).tag(tag, value).register(registry).increment();
  }

  private double secondsSinceAnEvent() {
    long last = lastEventNanos;
    return last == Long.MIN_VALUE ? Double.NaN : (System.nanoTime() - last) / 1e9;
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
