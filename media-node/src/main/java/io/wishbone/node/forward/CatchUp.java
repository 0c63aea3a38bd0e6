package io.wishbone.node.forward;

import io.wishbone.webrtc.rtp.RtpTimestamps;

/// The part of the past that a viewer begins with, in the source's numbers.
///
/// @param lastIndex the newest packet of it; `Long.MIN_VALUE` for no past
/// @param lastTimestamp of that packet
/// @param divisor by how much timestamps before that are drawn together
public record CatchUp(long lastIndex, long lastTimestamp, long divisor) {
  /// The viewer begins with the present.
  public static final CatchUp NONE = new CatchUp(Long.MIN_VALUE, 0, 1);

  public CatchUp {
    if (divisor < 1) {
      throw new IllegalArgumentException("a divisor of " + divisor);
    }
  }

  /// The timestamp drawn towards the newest one.
  long timestamp(long index, long timestamp) {
    if (index > lastIndex) {
      return timestamp;
    }
    long behind = RtpTimestamps.distance(lastTimestamp, timestamp);
    return behind <= 0 ? timestamp : RtpTimestamps.plus(lastTimestamp, -(behind / divisor));
  }
}
