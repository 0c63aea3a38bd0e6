package io.wishbone.webrtc.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/// How long any input may keep a parser.
public final class TimeBound {

  /// No input may cost more.
  public static final Duration LIMIT = Duration.ofMillis(50);

  private static final int ATTEMPTS = 10;

  private TimeBound() {}

  /// Runs what reads an input, and fails when that takes too long. A busy machine cannot make it
  /// fail: what took long is run again, some times, and then only the time counts for which this
  /// thread had a processor, of the quickest run.
  public static void hold(Runnable work) {
    long start = System.nanoTime();
    work.run();
    if (System.nanoTime() - start > LIMIT.toNanos()) {
      long best = quickest(work);
      if (best > LIMIT.toNanos()) {
        throw new AssertionError("takes " + Duration.ofNanos(best) + " of a processor");
      }
    }
  }

  private static long quickest(Runnable work) {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long best = Long.MAX_VALUE;
    for (int i = 0; i < ATTEMPTS && best > LIMIT.toNanos(); i++) {
      long start = clock.getCurrentThreadCpuTime();
      work.run();
      best = Math.min(best, clock.getCurrentThreadCpuTime() - start);
    }
    return best;
  }
}
