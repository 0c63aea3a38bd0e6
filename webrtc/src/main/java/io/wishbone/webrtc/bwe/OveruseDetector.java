package io.wishbone.webrtc.bwe;

/// Compares the trend of the delay with a threshold that adapts itself, so that neither a noisy
/// path nor a competitor that fills queues makes it useless (draft-ietf-rmcat-gcc-02 section 5.4).
final class OveruseDetector {

  private static final double FIRST_THRESHOLD = 12.5;
  private static final double MIN_THRESHOLD = 6;
  private static final double MAX_THRESHOLD = 600;
  private static final double RISE = 0.0087;
  private static final double FALL = 0.039;
  private static final double OUTLIER = 15;
  private static final double MAX_STEP_MILLIS = 100;
  private static final double OVERUSE_MILLIS = 10;
  private static final double NANOS_PER_MILLI = 1e6;

  private double threshold = FIRST_THRESHOLD;
  private double previousTrend;
  private double overMillis;
  private int overCount;
  private boolean adapted;
  private long adaptedNanos;
  private Usage usage = Usage.NORMAL;

  /// @param trend see [Trendline#trend]
  /// @param sendDelta how far apart the groups compared last were sent
  /// @param arrivedNanos when the later of them arrived, by the receiver's clock
  void onTrend(double trend, long sendDelta, long arrivedNanos) {
    if (trend > threshold) {
      double elapsed = sendDelta / NANOS_PER_MILLI;
      overMillis += overCount == 0 ? elapsed / 2 : elapsed;
      overCount++;
      if (overMillis > OVERUSE_MILLIS && overCount > 1 && trend >= previousTrend) {
        overMillis = 0;
        overCount = 0;
        usage = Usage.OVERUSING;
      }
    } else {
      overMillis = 0;
      overCount = 0;
      usage = trend < -threshold ? Usage.UNDERUSING : Usage.NORMAL;
    }
    previousTrend = trend;
    adapt(Math.abs(trend), arrivedNanos);
  }

  private void adapt(double size, long arrivedNanos) {
    if (size <= threshold + OUTLIER && adapted) {
      double elapsed = Math.min((arrivedNanos - adaptedNanos) / NANOS_PER_MILLI, MAX_STEP_MILLIS);
      threshold += (size < threshold ? FALL : RISE) * (size - threshold) * Math.max(0, elapsed);
      threshold = Math.clamp(threshold, MIN_THRESHOLD, MAX_THRESHOLD);
    }
    adapted = true;
    adaptedNanos = arrivedNanos;
  }

  Usage usage() {
    return usage;
  }
}
