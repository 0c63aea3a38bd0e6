package io.wishbone.node.session;

/// When a viewer that waits for a keyframe asks again: less and less often, since some encoders
/// (OBS) make keyframes when they like.
final class KeyframeRetry {
  private static final long FIRST_NANOS = 1_000_000_000L;
  private static final long LAST_NANOS = 4_000_000_000L;

  private long nextNanos = Long.MAX_VALUE;
  private long intervalNanos = FIRST_NANOS;

  long nextNanos() {
    return nextNanos;
  }

  boolean isDue(long nowNanos) {
    return nowNanos >= nextNanos;
  }

  /// Nothing is waited for any more.
  void stop() {
    nextNanos = Long.MAX_VALUE;
  }

  /// It is time to look.
  void now(long nowNanos) {
    nextNanos = nowNanos;
  }

  /// What is waited for is another keyframe than before.
  void restart() {
    intervalNanos = FIRST_NANOS;
  }

  /// Has just been asked.
  void asked(long nowNanos) {
    nextNanos = nowNanos + intervalNanos;
    intervalNanos = Math.min(2 * intervalNanos, LAST_NANOS);
  }

  /// There is nothing to ask for at present.
  void served(long nowNanos) {
    intervalNanos = FIRST_NANOS;
    nextNanos = nowNanos + FIRST_NANOS;
  }
}
