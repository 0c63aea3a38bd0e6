package io.wishbone.signaling.webhooks;

import io.quarkus.runtime.StartupEvent;
import io.wishbone.control.NodeEvent;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.metrics.NotificationMetrics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Tells the operator's program. A report is only queued where it comes in; one virtual thread
/// delivers, several events at once when they wait, in order. A receiver that fails is asked again
/// after a second, then after twice as long, up to a minute; that keeps the others waiting, for
/// order is worth more than haste.
@Singleton
public final class LifecycleNotifier {

  private static final Logger LOG = Logger.getLogger(LifecycleNotifier.class);
  private static final int MOST_AT_ONCE = 100;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /// How long the end of the server waits for what is still to be told.
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final Optional<URI> receiver;
  private final byte @Nullable [] secret;
  private final Duration firstPause;
  private final BlockingQueue<LifecycleEvent> queue;
  private final NotificationMetrics metrics;
  private final InstantSource clock = InstantSource.system();
  private volatile boolean isStopping;
  private @Nullable Thread thread;

  @Inject
  LifecycleNotifier(SignalingConfig config, NotificationMetrics metrics) {
    this(
        config.notification().url(),
        config.notification().secret(),
        config.notification().queue(),
        Duration.ofSeconds(1),
        metrics);
  }

  LifecycleNotifier(
      Optional<URI> receiver,
      Optional<String> secret,
      int capacity,
      Duration firstPause,
      NotificationMetrics metrics) {
    this.receiver = receiver;
    this.secret = secret.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
    this.firstPause = firstPause;
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.metrics = metrics;
    metrics.watchQueue(queue::size);
  }

  void onStart(@Observes StartupEvent event) {
    start();
  }

  void start() {
    if (receiver.isPresent()) {
      URI address = receiver.get();
      thread = Thread.ofVirtual().name("lifecycle-notifier").start(() -> deliverAll(address));
    }
  }

  /// Takes in what a node reports. Never waits.
  public void tell(NodeEvent report) {
    if (receiver.isEmpty()) {
      return;
    }
    for (LifecycleEvent event : LifecycleEvent.of(report, clock.instant())) {
      if (!queue.offer(event)) {
        metrics.dropped();
      }
    }
  }

  private void deliverAll(URI address) {
    try (var delivery = new Delivery(address, secret, clock)) {
      while (!isStopping || !queue.isEmpty()) {
        LifecycleEvent first = queue.poll(200, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<LifecycleEvent> events = new ArrayList<>(List.of(first));
          queue.drainTo(events, MOST_AT_ONCE - 1);
          deliver(delivery, events);
        }
      }
    } catch (InterruptedException _) {
      LOG.debug("No more events are told");
    }
  }

  private void deliver(Delivery delivery, List<LifecycleEvent> events) throws InterruptedException {
    Duration pause = firstPause;
    while (true) {
      switch (delivery.send(events)) {
        case DELIVERED -> {
          metrics.delivered(events.size());
          return;
        }
        case REFUSED -> {
          LOG.warnf("The receiver of notifications refuses %d of them", events.size());
          metrics.refused(events.size());
          return;
        }
        case FAILED -> {
          metrics.failed();
          LOG.debugf("Notifications are tried again in %s", pause);
          TimeUnit.MILLISECONDS.sleep(pause.toMillis());
          Duration next = pause.multipliedBy(2);
          pause = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
        }
      }
    }
  }

  @PreDestroy
  void stop() {
    isStopping = true;
    Thread running = thread;
    if (running == null) {
      return;
    }
    try {
      if (!running.join(FAREWELL)) {
        LOG.warnf("%d notifications were not told before the end", queue.size());
        running.interrupt();
      }
    } catch (InterruptedException _) {
      running.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
