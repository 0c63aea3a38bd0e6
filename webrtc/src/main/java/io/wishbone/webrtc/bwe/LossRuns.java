package io.wishbone.webrtc.bwe;

/// Whether a path loses packets in bursts: one that was sent after a lost one is then lost much
/// more often than another, as on radio links. Where each is lost by itself, it is lost as often.
final class LossRuns {
  private static final double SMOOTHING = 1.0 / 32;

  /// Of bursts of two packets on average, half of the lost ones follow on a lost one.
  private static final double BURSTY = 0.3;

  private double following;

  /// A packet is missing.
  ///
  /// @param followsMissing whether the one before it is, too
  void onMissing(boolean followsMissing) {
    following += SMOOTHING * ((followsMissing ? 1 : 0) - following);
  }

  /// @param loss share of packets lost lately, 0 to 1
  boolean isBursty(double loss) {
    return following > loss + BURSTY * (1 - loss);
  }
}
