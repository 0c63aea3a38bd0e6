package io.wishbone.webrtc.bwe;

/// Whether the one-way delay grows: the slope of a straight line through the latest smoothed
/// delays, by least squares over their times of arrival. Takes the place of the Kalman filter in
/// draft-ietf-rmcat-gcc-02 section 5.3, as the open implementation of the algorithm does.
final class Trendline {

  private static final int WINDOW = 20;
  private static final double SMOOTHING = 0.9;
  private static final int MAX_WEIGHT = 60;
  private static final double GAIN = 4;
  private static final double NANOS_PER_MILLI = 1e6;

  private final double[] times = new double[WINDOW];
  private final double[] delays = new double[WINDOW];
  private int count;
  private boolean started;
  private long firstArrived;
  private double accumulated;
  private double smoothed;
  private double slope;

  /// @param growth by how much more apart two groups arrived than they were sent
  /// @param arrived when the later of them did
  void onGroups(long growth, long arrived) {
    if (!started) {
      started = true;
      firstArrived = arrived;
    }
    accumulated += growth / NANOS_PER_MILLI;
    smoothed = SMOOTHING * smoothed + (1 - SMOOTHING) * accumulated;
    int at = count++ % WINDOW;
    times[at] = (arrived - firstArrived) / NANOS_PER_MILLI;
    delays[at] = smoothed;
    if (count >= WINDOW) {
      fit();
    }
  }

  private void fit() {
    double meanTime = 0;
    double meanDelay = 0;
    for (int i = 0; i < WINDOW; i++) {
      meanTime += times[i];
      meanDelay += delays[i];
    }
    meanTime /= WINDOW;
    meanDelay /= WINDOW;
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < WINDOW; i++) {
      double time = times[i] - meanTime;
      covariance += time * (delays[i] - meanDelay);
      variance += time * time;
    }
    if (variance > 0) {
      slope = covariance / variance; // otherwise the line stays as it was
    }
  }

  /// The slope, weighted, to be compared with the detector's threshold in milliseconds.
  double trend() {
    return Math.min(count, MAX_WEIGHT) * slope * GAIN;
  }
}
