package io.wishbone.signaling.limits;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.random.RandomGenerator;

/// A token bucket for each key, in a fixed amount of memory whatever keys there are.
///
/// A bucket is one number, the time at which it will be full again (the generic cell rate
/// algorithm). A key has a cell in each of four rows, found by secret hashes, and shares cells with
/// other keys; its bucket is the emptiest view that no other key has disturbed: the smallest of the
/// four numbers (a count-min sketch). So a key never gets more than its share, nothing is ever
/// evicted that somebody could want evicted, and it takes thousands of keys that all use up theirs
/// until one of them disturbs another.
final class RateLimiter {

  private static final int ROWS = 4;
  private static final int COLUMNS = 1 << 14;
  private static final int LOCKS = 64;

  private final long intervalNanos;
  private final long toleranceNanos;
  private final long startNanos;
  private final long[] seeds = new long[2 * ROWS];
  private final AtomicLongArray cells = new AtomicLongArray(ROWS * COLUMNS);
  private final Object[] locks = new Object[LOCKS];

  /// @param perSecond how fast a bucket fills
  /// @param burst how many may come at once
  /// @param nowNanos of the monotonic clock
  RateLimiter(int perSecond, int burst, RandomGenerator random, long nowNanos) {
    this.intervalNanos = Duration.ofSeconds(1).dividedBy(perSecond).toNanos();
    this.toleranceNanos = intervalNanos * (burst - 1);
    this.startNanos = nowNanos;
    for (int i = 0; i < seeds.length; i++) {
      seeds[i] = random.nextLong();
    }
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new Object();
    }
  }

  /// Takes a token if there is one.
  ///
  /// @return zero, or how long to wait for one
  Duration acquire(long key, long nowNanos) {
    long now = nowNanos - startNanos;
    synchronized (locks[(int) mix(key) & (LOCKS - 1)]) {
      long full = Math.max(now, fullAt(key));
      if (full - now > toleranceNanos) {
        return Duration.ofNanos(full - now - toleranceNanos);
      }
      for (int row = 0; row < ROWS; row++) {
        cells.accumulateAndGet(cell(row, key), full + intervalNanos, Math::max);
      }
      return Duration.ZERO;
    }
  }

  private long fullAt(long key) {
    long earliest = Long.MAX_VALUE;
    for (int row = 0; row < ROWS; row++) {
      earliest = Math.min(earliest, cells.get(cell(row, key)));
    }
    return earliest;
  }

  private int cell(int row, long key) {
    long hash = mix(mix(key ^ seeds[row]) + seeds[ROWS + row]);
    return row * COLUMNS + (int) (hash >>> 50);
  }

  /// The finalizer of SplitMix64.
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
