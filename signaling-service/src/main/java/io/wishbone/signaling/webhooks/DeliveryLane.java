package io.wishbone.signaling.webhooks;

import io.wishbone.signaling.metrics.NotificationMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Tells the operator's program one event after the other, several at once when they wait.
///
/// A receiver that fails is asked again after a second, then after twice as long, up to a minute;
/// that keeps the later events of this lane waiting, for order is worth more than haste. Each time
/// half as many events are tried, down to one, so that one of which a receiver falls over does not
/// take others with it. Such a one is set aside when it is older than is worth while, with a line
/// in the log.
///
/// Threads: any may offer; a virtual thread of its own delivers.
final class DeliveryLane {

  private static final Logger LOG = Logger.getLogger(DeliveryLane.class);
  private static final int MOST_AT_ONCE = 100;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Delivery delivery;
  private final Settings settings;
  private final NotificationMetrics metrics;
  private final InstantSource clock;
  private final BlockingQueue<Waiting> queue;
  private final Deque<Waiting> begun = new ArrayDeque<>();

  /// The first of those that have begun.
  private volatile @Nullable Waiting first;

  private volatile boolean isStopping;
  private volatile @Nullable Thread thread;
  private Duration pause;
  private int atOnce = MOST_AT_ONCE;

  /// @param firstPause after the first failure
  /// @param keep after this time, counted from the event, one that fails by itself is set aside
  record Settings(Duration firstPause, Duration keep) {}

  private record Waiting(LifecycleNotice notice, CompletableFuture<Void> end) {}

  DeliveryLane(
      Delivery delivery,
      Settings settings,
      int capacity,
      InstantSource clock,
      NotificationMetrics metrics) {
    this.delivery = delivery;
    this.settings = settings;
    this.clock = clock;
    this.metrics = metrics;
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.pause = settings.firstPause();
  }

  /// Takes an event in. Never waits.
  ///
  /// @return complete when the event needs no more telling; exceptionally when the lane ended
  ///   before; null when there is no place for it
  @Nullable CompletableFuture<Void> offer(LifecycleNotice notice) {
    var end = new CompletableFuture<Void>();
    return !isStopping && queue.offer(new Waiting(notice, end)) ? end : null;
  }

  int length() {
    return queue.size();
  }

  /// How long the oldest event has waited, zero when none waits.
  Duration age() {
    Waiting oldest = first;
    if (oldest == null) {
      oldest = queue.peek();
    }
    return oldest == null ? Duration.ZERO : Duration.between(oldest.notice().at(), clock.instant());
  }

  void start(String name) {
    thread = Thread.ofVirtual().name(name).start(this::run);
  }

  private void run() {
    try {
      while (!isStopping || !queue.isEmpty()) {
        Waiting next = queue.poll(200, TimeUnit.MILLISECONDS);
        if (next != null) {
          begun.add(next);
          queue.drainTo(begun, MOST_AT_ONCE - 1);
          deliverBegun();
        }
      }
    } catch (InterruptedException _) {
      LOG.debug("No more events are told");
    } finally {
      isStopping = true;
      queue.drainTo(begun);
      begun.forEach(each -> each.end().completeExceptionally(new CancellationException()));
    }
  }

  private void deliverBegun() throws InterruptedException {
    while (!begun.isEmpty()) {
      first = begun.getFirst();
      List<Waiting> tried = new ArrayList<>(begun).subList(0, Math.min(atOnce, begun.size()));
      switch (send(tried.stream().map(Waiting::notice).toList())) {
        case DELIVERED -> {
          metrics.delivered(tried.size());
          end(tried);
          recovered();
        }
        case REFUSED -> refused(tried);
        case FAILED -> failed(tried);
      }
    }
    first = null;
  }

  /// Whatever goes wrong here, the lane goes on: nobody would begin it anew.
  private Delivery.Outcome send(List<LifecycleNotice> notices) throws InterruptedException {
    try {
      return delivery.send(notices);
    } catch (RuntimeException | Error failure) {
      LOG.error("A notification failed", failure);
      return Delivery.Outcome.FAILED;
    }
  }

  private void end(List<Waiting> tried) {
    for (Waiting each : tried) {
      begun.remove(each);
      each.end().complete(null);
    }
  }

  private void recovered() {
    if (pause.compareTo(settings.firstPause()) > 0) {
      LOG.info("The receiver of notifications takes them again");
    }
    pause = settings.firstPause();
    atOnce = Math.min(MOST_AT_ONCE, 2 * atOnce);
  }

  /// One that is not wanted must not keep the others from their receiver.
  private void refused(List<Waiting> tried) {
    if (tried.size() > 1) {
      atOnce = tried.size() / 2;
      return;
    }
    LOG.warnf("The receiver of notifications refuses %s", tried.getFirst().notice().id());
    metrics.refused();
    end(tried);
    recovered();
  }

  private void failed(List<Waiting> tried) throws InterruptedException {
    metrics.failed();
    if (pause.equals(settings.firstPause())) {
      LOG.warn("The receiver of notifications fails, and is told again until it does not");
    }
    LifecycleNotice notice = tried.getFirst().notice();
    if (tried.size() == 1 && notice.at().plus(settings.keep()).isBefore(clock.instant())) {
      LOG.warnf(
          "The receiver of notifications has not taken %s within %s, and is not told any more",
          notice.id(), settings.keep());
      metrics.expired();
      end(tried);
    }
    atOnce = Math.max(1, tried.size() / 2);
    TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    Duration next = pause.multipliedBy(2);
    pause = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
  }

  /// Tells what waits, for so long; the rest comes to a bad end.
  ///
  /// @return whether nothing was left
  boolean stop(Duration farewell) {
    isStopping = true;
    Thread running = thread;
    if (running == null) {
      return queue.isEmpty();
    }
    boolean ended = false;
    try {
      ended = running.join(farewell);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      running.interrupt();
    }
    return ended;
  }
}
