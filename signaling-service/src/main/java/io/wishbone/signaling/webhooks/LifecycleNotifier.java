package io.wishbone.signaling.webhooks;

import io.wishbone.control.NodeEvent;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.metrics.NotificationMetrics;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/// Tells the operator's program from memory, for a server that is one process: what waits is lost
/// when it dies. A report is only queued where it comes in; what finds no place is dropped and
/// counted. A cluster has [LifecycleDeliveries].
public final class LifecycleNotifier implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(LifecycleNotifier.class);

  /// How long the end of the server waits for what is still to be told.
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final NotificationMetrics metrics;
  private final InstantSource clock;
  private final Delivery delivery;
  private final DeliveryLane lane;

  /// @param receiver where [SignalingConfig.Notification#url] points to
  public LifecycleNotifier(
      URI receiver, SignalingConfig.Notification config, NotificationMetrics metrics) {
    this(
        new Delivery(
            receiver,
            config.secret().map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null),
            InstantSource.system()),
        new DeliveryLane.Settings(LifecycleDeliveries.FIRST_PAUSE, config.keep()),
        config.queue(),
        InstantSource.system(),
        metrics);
  }

  LifecycleNotifier(
      Delivery delivery,
      DeliveryLane.Settings settings,
      int capacity,
      InstantSource clock,
      NotificationMetrics metrics) {
    this.delivery = delivery;
    this.metrics = metrics;
    this.clock = clock;
    lane = new DeliveryLane(delivery, settings, capacity, clock, metrics);
    metrics.watch(lane::length, lane::age);
  }

  public void start() {
    lane.start("lifecycle-notifier");
  }

  /// Takes in what a node reports. Never waits.
  public void tell(NodeEvent report) {
    for (LifecycleNotice notice : LifecycleNotice.of(report, clock.instant())) {
      if (lane.offer(notice) == null) {
        metrics.dropped();
      }
    }
  }

  @Override
  public void close() {
    if (!lane.stop(FAREWELL)) {
      LOG.warn("Some notifications were not told before the end");
    }
    delivery.close();
  }
}
