package io.wishbone.webrtc.bwe;

/// How much passes in a second, smoothed: bytes of a second ago count e times less than those of
/// now. Slower than [AcknowledgedBitrate], and hardly moved by a keyframe.
final class SmoothedBitrate {
  private static final double SECOND = 1e9;

  private boolean started;
  private long startedNanos;
  private long latestNanos;
  private double bytes;

  void onPacket(int size, long nowNanos) {
    if (!started) {
      started = true;
      startedNanos = nowNanos;
      latestNanos = nowNanos;
    }
    decay(nowNanos);
    bytes += size;
  }

  private void decay(long nowNanos) {
    if (nowNanos > latestNanos) {
      bytes *= Math.exp((latestNanos - nowNanos) / SECOND);
      latestNanos = nowNanos;
    }
  }

  /// Bits a second, or -1 in the first second.
  double bitsPerSecond(long nowNanos) {
    if (!started || nowNanos - startedNanos < SECOND) {
      return -1;
    }
    decay(nowNanos);
    return bytes * 8 / (1 - Math.exp((startedNanos - nowNanos) / SECOND));
  }
}
