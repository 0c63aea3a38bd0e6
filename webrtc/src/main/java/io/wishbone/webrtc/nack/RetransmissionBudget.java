package io.wishbone.webrtc.nack;

/// What one viewer's retransmissions may cost: a share of the bitrate it gets, as a token bucket
/// that holds a second's worth, so that an outage of some tenths of a second is repaired at once. A
/// viewer in trouble takes nothing from the others, and a flood of NACKs makes no flood of packets.
///
/// At 20 % loss each way, repair takes 25 % of the bitrate and repeats some 10 % in vain; the usual
/// share is half.
public final class RetransmissionBudget {

  public static final double USUAL_SHARE = 0.5;

  /// There is always as much, so that a viewer whose estimate collapsed can ask for sound.
  static final long FLOOR = 64_000;

  private static final long SECOND = 1_000_000_000L;
  private static final long MIN_DEPTH_BYTES = 16_000;

  private final double share;
  private long bytesASecond;
  private double tokens;
  private long filledNanos;
  private boolean started;

  /// @param share of the bitrate, 0 to 1
  /// @param bitrate at first, bits a second
  public RetransmissionBudget(double share, long bitrate) {
    this.share = share;
    onBitrate(bitrate);
    tokens = depth();
  }

  /// What the viewer gets now: what is sent or what its path can carry, whichever is less.
  public void onBitrate(long bitsPerSecond) {
    bytesASecond = Math.max(FLOOR, (long) (share * bitsPerSecond)) / 8;
  }

  /// Takes what a packet costs. False: nothing was taken.
  public boolean take(int bytes, long nowNanos) {
    return take(bytes, 0, nowNanos);
  }

  /// Takes what a packet costs that would only be good to have, while more than half is left.
  public boolean takeSpare(int bytes, long nowNanos) {
    return take(bytes, depth() / 2, nowNanos);
  }

  private boolean take(int bytes, double left, long nowNanos) {
    if (!started) {
      started = true;
      filledNanos = nowNanos;
    }
    long elapsed = Math.clamp(nowNanos - filledNanos, 0, SECOND);
    filledNanos = Math.max(filledNanos, nowNanos);
    tokens = Math.min(depth(), tokens + (double) elapsed * bytesASecond / SECOND);
    if (tokens < bytes + left) {
      return false;
    }
    tokens -= bytes;
    return true;
  }

  private double depth() {
    return Math.max(MIN_DEPTH_BYTES, (double) bytesASecond);
  }
}
