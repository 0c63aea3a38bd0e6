package io.wishbone.node.metrics;

import io.wishbone.node.io.MediaLoop;
import io.wishbone.node.worker.Census;
import io.wishbone.node.worker.MediaWorker;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Has the sessions of each worker counted every five seconds, a hundred in one turn: each turn
/// takes a fraction of a millisecond, and packets go in between.
final class CensusTaker {
  private static final System.Logger LOGGER = System.getLogger(CensusTaker.class.getName());
  private static final long INTERVAL_MILLIS = 5_000;
  private static final int IN_ONE_TURN = 100;

  private final List<MediaLoop> loops;
  private final SessionMeters meters;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("census").factory());

  CensusTaker(List<MediaLoop> loops, SessionMeters meters) {
    this.loops = List.copyOf(loops);
    this.meters = meters;
  }

  void start() {
    var _ =
        timer.scheduleWithFixedDelay(
            this::take, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  void stop() {
    timer.shutdownNow();
  }

  /// A loop that takes no more work must not end the timer.
  private void take() {
    try {
      for (int i = 0; i < loops.size(); i++) {
        int worker = i;
        loops.get(i).execute((media, now) -> begin(worker, media, now));
      }
    } catch (RuntimeException | Error closed) {
      LOGGER.log(System.Logger.Level.DEBUG, "A worker takes no more turns", closed);
    }
  }

  private void begin(int worker, MediaWorker media, long nowNanos) {
    goOn(worker, media.census(), meters.observe(), nowNanos);
  }

  private void goOn(int worker, Census census, SessionObserver observer, long nowNanos) {
    if (census.advance(IN_ONE_TURN, nowNanos, observer)) {
      loops.get(worker).execute((_, later) -> goOn(worker, census, observer, later));
    } else {
      meters.take(worker, census, observer);
    }
  }
}
