package io.wishbone.client.load;

import java.util.Arrays;

/// Durations, counted in classes that are 1/32 wide: percentiles without keeping each of them.
/// Counting makes no object.
public final class Durations {
  private static final int STEPS = 32;
  private static final int CLASSES = 40 * STEPS;

  private final long[] counts = new long[CLASSES];
  private long count;
  private long maxNanos;

  public synchronized void record(long nanos) {
    long positive = Math.max(0, nanos);
    counts[classOf(positive)]++;
    count++;
    maxNanos = Math.max(maxNanos, positive);
  }

  synchronized void add(Durations other) {
    synchronized (other) {
      for (int i = 0; i < CLASSES; i++) {
        counts[i] += other.counts[i];
      }
      count += other.count;
      maxNanos = Math.max(maxNanos, other.maxNanos);
    }
  }

  /// Moves everything to `total` and says what it was.
  synchronized Summary drainTo(Durations total) {
    Summary summary = summary();
    total.add(this);
    Arrays.fill(counts, 0);
    count = 0;
    maxNanos = 0;
    return summary;
  }

  public synchronized Summary summary() {
    return new Summary(count, at(0.5), at(0.9), at(0.99), maxNanos);
  }

  /// @param count how many there are; with none, all others are zero
  public record Summary(long count, long p50Nanos, long p90Nanos, long p99Nanos, long maxNanos) {}

  private long at(double share) {
    long rank = (long) Math.ceil(share * count);
    long seen = 0;
    for (int i = 0; i < CLASSES && rank > 0; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return Math.min(upperBound(i), maxNanos);
      }
    }
    return maxNanos;
  }

  /// Up to 31 each value has a class; then each power of two has 32 of them.
  private static int classOf(long nanos) {
    if (nanos < STEPS) {
      return (int) nanos;
    }
    int power = 63 - Long.numberOfLeadingZeros(nanos) - 5;
    return Math.min(CLASSES - 1, (power + 1) * STEPS + (int) (nanos >>> power) - STEPS);
  }

  private static long upperBound(int index) {
    if (index < STEPS) {
      return index;
    }
    int power = index / STEPS - 1;
    return ((long) (index % STEPS + STEPS + 1) << power) - 1;
  }
}
