package io.wishbone.app.standalone;

import io.quarkus.runtime.StartupEvent;
import io.wishbone.control.NodeEvents;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.metrics.NotificationMetrics;
import io.wishbone.signaling.webhooks.LifecycleNotifier;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Tells an operator's program what becomes of streams and sessions, from memory: there is no log
/// in a single process that would outlive it.
@Singleton
final class Notifications {

  /// Before the media node of this process starts to report.
  private static final int EARLY = 100;

  private final SignalingConfig config;
  private final NotificationMetrics metrics;
  private @Nullable LifecycleNotifier notifier;

  Notifications(SignalingConfig config, NotificationMetrics metrics) {
    this.config = config;
    this.metrics = metrics;
  }

  void onStart(@Observes @Priority(EARLY) StartupEvent event, NodeEvents events) {
    config
        .notification()
        .url()
        .ifPresent(receiver -> {
          var started = new LifecycleNotifier(receiver, config.notification(), metrics);
          started.start();
          events.subscribe(report -> {
            started.tell(report);
            return CompletableFuture.completedStage(null);
          });
          notifier = started;
        });
  }

  @PreDestroy
  void stop() {
    LifecycleNotifier started = notifier;
    if (started != null) {
      started.close();
    }
  }
}
