package io.wishbone.webrtc.stun;

/// A token bucket whose only state is one number: until when its tokens are spent (the generic cell
/// rate algorithm). So a table of buckets is a `long[]`.
record TokenRate(long nanosPerToken, long maxAheadNanos) {

  /// The state of a bucket that is full.
  static final long NEVER_USED = Long.MIN_VALUE;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  static TokenRate of(int perSecond, int burst) {
    long nanosPerToken = NANOS_PER_SECOND / perSecond;
    return new TokenRate(nanosPerToken, (burst - 1) * nanosPerToken);
  }

  boolean admits(long paidUntil, long nowNanos) {
    return paidUntil <= nowNanos || paidUntil - nowNanos <= maxAheadNanos;
  }

  long spend(long paidUntil, long nowNanos) {
    return Math.max(paidUntil, nowNanos) + nanosPerToken;
  }
}
