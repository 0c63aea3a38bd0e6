package io.wishbone.webrtc.nack;

/// How long to wait for what was requested: the round trip and its variation, smoothed as in RFC
/// 6298 section 2, and how far packets that nobody requested come out of order.
///
/// What came after several requests may answer any of them, so nothing is measured then (Karn's
/// rule). When that happens time and again, the round trip must be longer than the wait, which is
/// then doubled until something comes on its first request.
final class RetryClock {

  private static final long MAX_RETRY_NANOS = 500_000_000;

  /// As many in a row are no accident: at 20 % loss each way, one in 3,500.
  private static final int MAX_AMBIGUOUS = 8;

  private static final int MAX_BACKOFF = 16;

  private final NackPolicy policy;
  private long smoothed = -1;
  private long variation;
  private long reorder;
  private int ambiguous;
  private int backoff = 1;

  RetryClock(NackPolicy policy) {
    this.policy = policy;
    this.reorder = policy.reorderNanos();
  }

  void onRoundTrip(long sample) {
    if (sample < 0 || sample > MAX_RETRY_NANOS) {
      return;
    }
    if (smoothed < 0 || backoff > 1) {
      smoothed = sample;
      variation = sample / 2;
    } else {
      variation += (Math.abs(sample - smoothed) - variation) / 4;
      smoothed += (sample - smoothed) / 8;
    }
    ambiguous = 0;
    backoff = 1;
  }

  /// Something came after several requests.
  void onAmbiguous() {
    ambiguous++;
    if (ambiguous >= (smoothed < 0 ? 2 : MAX_AMBIGUOUS)) {
      ambiguous = 0;
      backoff = Math.min(2 * backoff, MAX_BACKOFF);
    }
  }

  /// A packet came by itself, this long after its successor.
  void onReordered(long lateness) {
    reorder = Math.max(reorder, Math.min(lateness + lateness / 4, 4 * policy.reorderNanos()));
  }

  /// A packet came on request only.
  void onLost() {
    reorder -= (reorder - policy.reorderNanos()) / 16;
  }

  long reorderNanos() {
    return reorder;
  }

  long retryNanos() {
    long wait = smoothed < 0 ? policy.firstRetryNanos() : smoothed + 2 * variation;
    return Math.clamp(wait * backoff, policy.minRetryNanos(), MAX_RETRY_NANOS);
  }

  long roundTripNanos() {
    return smoothed;
  }
}
