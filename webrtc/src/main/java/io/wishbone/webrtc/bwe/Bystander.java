package io.wishbone.webrtc.bwe;

/// Tells who has hardly filled a queue by itself: what is sent is less than a quarter of the wish,
/// and three quarters of that arrive. Then others have, that send more, and they are those to yield
/// first.
///
/// | what is sent is | estimate falls on overuse |
/// |---|---|
/// | less than 80 % of the estimate | halfway to what is sent |
/// | more | to 90 % of what is sent |
///
/// Where it cannot be told so clearly, but only a little of both wish and estimate arrives, the
/// estimate falls by half at most.
///
/// Who falls to 85 % of what arrives of little, as if it had filled the link, falls further than
/// who has: what arrives is least in the moment in which a keyframe of somebody else passes.
final class Bystander {
  /// Who sends less than that of what may be sent has hardly filled the link.
  private static final double LIMITED = 0.8;

  /// Of what there is to send at most.
  private static final double SMALL = 0.25;

  /// Of what is sent.
  private static final double PASSING = 0.75;

  /// Of the wish.
  private static final double LITTLE = 0.3;

  /// Of the estimate.
  private static final double IDLE = 0.65;

  private static final double HALF = 0.5;
  private static final double OF_SMALL = 0.9;

  private final SmoothedBitrate sent = new SmoothedBitrate();
  private final SmoothedBitrate arrived = new SmoothedBitrate();

  void onSent(int bytes, long nowNanos) {
    sent.onPacket(bytes, nowNanos);
  }

  /// @param nowNanos by our clock, as feedback comes
  void onArrived(int bytes, long nowNanos) {
    arrived.onPacket(bytes, nowNanos);
  }

  /// Whether others have filled the queue, as far as one can tell.
  ///
  /// @param wish what could be sent at most, 0 while that is not known
  boolean isOne(long wish, long nowNanos) {
    double sending = sent.bitsPerSecond(nowNanos);
    return sending >= 0
        && sending < SMALL * wish
        && arrived.bitsPerSecond(nowNanos) >= PASSING * sending;
  }

  /// What an estimate does not fall below at once, bits a second; 0 for whatever it falls to.
  ///
  /// @param wish what could be sent at most, 0 while that is not known
  /// @param arriving what arrives now, -1 while that is unknown
  double floor(double estimate, long wish, long arriving, long nowNanos) {
    if (isOne(wish, nowNanos)) {
      double sending = sent.bitsPerSecond(nowNanos);
      return sending < LIMITED * estimate
          ? sending + HALF * (estimate - sending)
          : OF_SMALL * sending;
    }
    // If it was not others after all, the next looks will tell.
    return arriving >= 0 && arriving < LITTLE * wish && arriving < IDLE * estimate
        ? HALF * estimate
        : 0;
  }
}
