package io.wishbone.webrtc.bwe;

/// What arrived whenever the link was overused: its mean and how far that varies
/// (draft-ietf-rmcat-gcc-02 section 5.5, "close to the convergence").
final class LinkCapacity {

  private static final double WEIGHT = 0.05;
  private static final double DEVIATIONS = 3;

  private boolean known;
  private double mean;

  /// Of the deviation, relative to the mean, in kbit/s.
  private double variance = 0.4;

  void onOveruse(long acknowledged) {
    double sample = acknowledged / 1000.0;
    if (known && Math.abs(sample - mean) > DEVIATIONS * deviation()) {
      known = false; // it is another link now
    }
    mean = known ? mean + WEIGHT * (sample - mean) : sample;
    known = true;
    double error = sample - mean;
    variance = (1 - WEIGHT) * variance + WEIGHT * error * error / Math.max(mean, 1);
    variance = Math.clamp(variance, 0.4, 2.5);
  }

  private double deviation() {
    return Math.sqrt(variance * mean);
  }

  /// Whether so much passed that the capacity must have grown.
  boolean isExceededBy(long bitsPerSecond) {
    return known && bitsPerSecond / 1000.0 > mean + DEVIATIONS * deviation();
  }

  void forget() {
    known = false;
  }

  boolean isKnown() {
    return known;
  }

  long bitsPerSecond() {
    return (long) (mean * 1000);
  }
}
