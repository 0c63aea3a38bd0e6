package io.wishbone.webrtc.bwe;

/// Tells that a queue on the way is full: packets wait long, one after the other, and many more of
/// them are lost than of those that do not wait.
///
/// A [Trendline] sees a queue fill. One that is full does not grow any more, and looks to it like a
/// longer way: a source that fills it before there are enough delays to lay a line through - at the
/// beginning, or with a keyframe on a narrow link - would go on losing what the link does not
/// carry. The loss alone does not tell either whose fault it is.
final class FullQueue {
  private static final long LASTING_NANOS = 200_000_000;
  private static final int ENOUGH_PACKETS = 20;

  /// Lost more than at any rate.
  private static final double HIGH = 0.08;

  private boolean waiting;
  private long sinceNanos;
  private long latestNanos;
  private int lost;
  private int received;

  /// Takes what became of a packet, in the order of sending.
  ///
  /// @param waits whether packets wait long on the way at that time
  void onPacket(boolean arrived, boolean waits, long sentNanos) {
    if (!waits) {
      waiting = false;
      return;
    }
    if (!waiting) {
      begin(sentNanos);
    }
    latestNanos = Math.max(latestNanos, sentNanos);
    if (arrived) {
      received++;
    } else {
      lost++;
    }
  }

  private void begin(long sentNanos) {
    waiting = true;
    sinceNanos = sentNanos;
    latestNanos = sentNanos;
    lost = 0;
    received = 0;
  }

  /// Whether it is full. Once that was told it is told again when as much more shows it.
  ///
  /// @param usualLoss share of packets lost while none waits, 0 to 1
  boolean poll(double usualLoss) {
    int packets = lost + received;
    if (!waiting || packets < ENOUGH_PACKETS || latestNanos - sinceNanos < LASTING_NANOS) {
      return false;
    }
    boolean full = (double) lost / packets > usualLoss + HIGH;
    begin(latestNanos);
    return full;
  }
}
