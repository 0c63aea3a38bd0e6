package io.wishbone.signaling.webhooks;

import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.metrics.NotificationMetrics;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// Tells the operator's program from a log that outlives this process, for a cluster: the log notes
/// what was told when this says so, and brings the rest again, to this process or to another.
///
/// Events come on lanes, a lane for each part of the log. Those of one lane are told in their
/// order; lanes do not wait for each other. Safe for use by many threads.
public final class LifecycleDeliveries implements AutoCloseable {

  static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /// Of one lane: more than the log brings before it hears what became of them.
  private static final int CAPACITY = 1_000;

  private final Delivery delivery;
  private final DeliveryLane.Settings settings;
  private final InstantSource clock;
  private final NotificationMetrics metrics;
  private final Map<Integer, DeliveryLane> lanes = new ConcurrentHashMap<>();

  /// @param receiver where [SignalingConfig.Notification#url] points to
  public LifecycleDeliveries(
      URI receiver, SignalingConfig.Notification config, NotificationMetrics metrics) {
    this(
        new Delivery(
            receiver,
            config.secret().map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null),
            InstantSource.system()),
        new DeliveryLane.Settings(FIRST_PAUSE, config.keep()),
        InstantSource.system(),
        metrics);
  }

  LifecycleDeliveries(
      Delivery delivery,
      DeliveryLane.Settings settings,
      InstantSource clock,
      NotificationMetrics metrics) {
    this.delivery = delivery;
    this.settings = settings;
    this.clock = clock;
    this.metrics = metrics;
    metrics.watch(
        () -> lanes.values().stream().mapToInt(DeliveryLane::length).sum(),
        () ->
            lanes.values().stream()
                .map(DeliveryLane::age)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO));
  }

  /// Takes an event in. Never waits.
  ///
  /// @return complete when it needs no more telling: the receiver has it, does not want it, or has
  ///   failed for too long; exceptionally when it has to come again
  public CompletionStage<Void> deliver(int lane, LifecycleNotice notice) {
    CompletableFuture<Void> end = lanes.computeIfAbsent(lane, this::open).offer(notice);
    return end == null
        ? CompletableFuture.failedFuture(new IllegalStateException("too many wait"))
        : end;
  }

  private DeliveryLane open(int number) {
    var lane = new DeliveryLane(delivery, settings, CAPACITY, clock, metrics);
    lane.start("lifecycle-lane-" + number);
    return lane;
  }

  /// Stops telling what another process tells from now on. A request that is under way may still
  /// arrive.
  public void leave(int lane) {
    DeliveryLane left = lanes.remove(lane);
    if (left != null) {
      left.stop(Duration.ZERO);
    }
  }

  @Override
  public void close() {
    lanes.keySet().forEach(this::leave);
    delivery.close();
  }
}
