package io.wishbone.webrtc.bwe;

/// Makes a clock of the header extension `abs-send-time`: 24 bits, seconds with 18 binary places,
/// which begin anew every 64 seconds.
public final class AbsoluteSendTime {
  private static final int BITS = 24;
  private static final int FRACTION_BITS = 18;
  private static final long SECOND = 1_000_000_000L;

  private boolean started;
  private int last;
  private long units;

  /// Nanoseconds by the sender's clock, on from what was read before: half a circle at most in
  /// either direction.
  public long unwrap(int value) {
    if (!started) {
      started = true;
      last = value;
    }
    int step = value - last << Integer.SIZE - BITS >> Integer.SIZE - BITS;
    last = value;
    units += step;
    long fraction = units & (1 << FRACTION_BITS) - 1;
    return (units >> FRACTION_BITS) * SECOND + (fraction * SECOND >> FRACTION_BITS);
  }
}
