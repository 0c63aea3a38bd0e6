package io.wishbone.webrtc.bwe;

/// How long packets wait on the way: how much longer the latest took than the quickest of the last
/// five to ten seconds. What a full queue drops is lost among packets that have waited long; what
/// is lost by nobody's fault is lost at any time.
///
/// After the way has become longer, it takes as long until that is not taken for a queue any more,
/// unless [LongerWay] has seen it.
final class QueueDelay {
  private static final long MILLISECOND = 1_000_000;
  private static final long PERIOD_NANOS = 5_000 * MILLISECOND;

  /// More than radio links and their schedulers hold packets back at any rate.
  private static final long LONG_NANOS = 40 * MILLISECOND;

  private boolean started;
  private long periodNanos;
  private long quickest;
  private long quickestBefore;
  private long latest;

  /// @param sentNanos by the sender's clock
  /// @param arrivedNanos by the receiver's, which may differ by anything
  void onPacket(long sentNanos, long arrivedNanos) {
    latest = arrivedNanos - sentNanos;
    if (!started || sentNanos - periodNanos >= PERIOD_NANOS) {
      quickestBefore = started ? quickest : latest;
      quickest = latest;
      periodNanos = sentNanos;
      started = true;
    }
    quickest = Math.min(quickest, latest);
  }

  /// The way has become longer: nothing is as quick any more as it was.
  void longerBy(long nanos) {
    quickest += nanos;
    quickestBefore += nanos;
  }

  /// For how long the latest packet waited.
  long nanos() {
    return started ? latest - Math.min(quickest, quickestBefore) : 0;
  }

  /// Whether the latest packet waited longer than it does on a way that is not full.
  boolean isLong() {
    return nanos() > LONG_NANOS;
  }
}
