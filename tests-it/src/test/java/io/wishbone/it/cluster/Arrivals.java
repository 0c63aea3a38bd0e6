package io.wishbone.it.cluster;

/// When packets came to somebody, however many sessions they had: what matters is how long nothing
/// came.
final class Arrivals {

  private long lastNanos = -1;
  private long longestNanos;

  synchronized void arrived(long nowNanos) {
    if (lastNanos >= 0) {
      longestNanos = Math.max(longestNanos, nowNanos - lastNanos);
    }
    lastNanos = nowNanos;
  }

  /// The longest time without a packet since it was last asked, in seconds, that which goes on
  /// included.
  synchronized double takeLongestGap() {
    long now = System.nanoTime();
    long longest = lastNanos < 0 ? 0 : Math.max(longestNanos, now - lastNanos);
    longestNanos = 0;
    return longest / 1e9;
  }

  synchronized boolean isSilentSince(long nanos) {
    return lastNanos < nanos;
  }
}
