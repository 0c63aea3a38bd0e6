package io.wishbone.webrtc.bwe;

/// Whether noticeably less is sent than may be, so that what arrives says nothing about what could.
///
/// A budget grows with the estimate and shrinks with what is sent; it is large enough for a
/// keyframe to go and come.
final class ApplicationLimit {

  /// More than the part that is sent where the estimate is as far above it as it grows by itself.
  private static final double SHARE = 0.7;

  private static final double DEPTH_SECONDS = 0.5;
  private static final double BEGINS = 0.8;
  private static final double ENDS = 0.5;
  private static final long SECOND = 1_000_000_000L;

  private boolean started;
  private long filledNanos;
  private double bits;
  private boolean limited;

  void onSent(int bytes) {
    bits -= bytes * 8.0;
  }

  void onTime(double estimate, long nowNanos) {
    double depth = estimate * DEPTH_SECONDS;
    if (started) {
      double seconds = Math.clamp((double) (nowNanos - filledNanos) / SECOND, 0, 1);
      bits = Math.clamp(bits + SHARE * estimate * seconds, -depth, depth);
    }
    started = true;
    filledNanos = nowNanos;
    if (bits > BEGINS * depth) {
      limited = true;
    } else if (bits < ENDS * depth) {
      limited = false;
    }
  }

  boolean isLimited() {
    return limited;
  }
}
