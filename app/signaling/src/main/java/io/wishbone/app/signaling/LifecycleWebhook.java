package io.wishbone.app.signaling;

import io.quarkus.runtime.StartupEvent;
import io.wishbone.control.kafka.KafkaPod;
import io.wishbone.control.kafka.LifecycleHandler;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.metrics.NotificationMetrics;
import io.wishbone.signaling.webhooks.LifecycleDeliveries;
import io.wishbone.signaling.webhooks.LifecycleNotice;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Tells an operator's program by HTTP what [LifecycleFeed] has told on the topic, at least once:
/// the brokers note what was told, and another pod goes on where this one ends.
@Singleton
final class LifecycleWebhook {

  private static final Logger LOG = Logger.getLogger(LifecycleWebhook.class);

  private final SignalingConfig config;
  private final NotificationMetrics metrics;
  private @Nullable LifecycleDeliveries deliveries;

  LifecycleWebhook(SignalingConfig config, NotificationMetrics metrics) {
    this.config = config;
    this.metrics = metrics;
  }

  void onStart(@Observes StartupEvent event, KafkaPod kafka) {
    config
        .notification()
        .url()
        .ifPresent(receiver -> {
          var begun = new LifecycleDeliveries(receiver, config.notification(), metrics);
          deliveries = begun;
          kafka.readAgain(new Lanes(begun, new AtomicBoolean()));
        });
  }

  private record Lanes(LifecycleDeliveries deliveries, AtomicBoolean told)
      implements LifecycleHandler {

    @Override
    public CompletionStage<?> take(int lane, byte @Nullable [] event) {
      LifecycleNotice notice;
      try {
        notice = LifecycleNotice.parse(event);
      } catch (IllegalArgumentException unreadable) {
        if (told.compareAndSet(false, true)) {
          LOG.error("Somebody else wrote to the topic of lifecycle events", unreadable);
        }
        return CompletableFuture.completedStage(null);
      }
      return deliveries.deliver(lane, notice);
    }

    @Override
    public void leave(int lane) {
      deliveries.leave(lane);
    }
  }

  @PreDestroy
  void stop() {
    LifecycleDeliveries begun = deliveries;
    if (begun != null) {
      begun.close();
    }
  }
}
