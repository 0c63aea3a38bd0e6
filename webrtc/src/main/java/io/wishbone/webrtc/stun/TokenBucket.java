package io.wishbone.webrtc.stun;

/// Admits a burst, and then a steady rate.
public final class TokenBucket {

  private final TokenRate rate;
  private long paidUntil = TokenRate.NEVER_USED;

  public TokenBucket(int perSecond, int burst) {
    this.rate = TokenRate.of(perSecond, burst);
  }

  /// Takes a token; false when there is none.
  public boolean take(long nowNanos) {
    if (!rate.admits(paidUntil, nowNanos)) {
      return false;
    }
    paidUntil = rate.spend(paidUntil, nowNanos);
    return true;
  }
}
