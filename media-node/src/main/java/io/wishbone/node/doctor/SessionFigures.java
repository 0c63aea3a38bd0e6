package io.wishbone.node.doctor;

/// What was measured of a session: of what a publisher sends, or a viewer is sent.
///
/// @param packets of media, so far
/// @param bytes of media without headers, so far
/// @param bitrate lately, bits a second
/// @param lost packets that did not come, so far; never negative
/// @param loss the share of packets that was lost lately, 0 to 1
/// @param nacks packets that were asked for again, so far
/// @param repaired packets that came, or were sent, again, so far
/// @param keyframeRequests how often a keyframe was asked for, so far
/// @param roundTripNanos there and back, -1 while it is not known
/// @param jitterNanos as RFC 3550 has it, of the worst track; -1 while it is not known
public record SessionFigures(
    long packets,
    long bytes,
    long bitrate,
    long lost,
    double loss,
    long nacks,
    long repaired,
    long keyframeRequests,
    long roundTripNanos,
    long jitterNanos) {

  public static final long UNKNOWN = -1;

  /// Of a session without media.
  public static final SessionFigures NONE =
      new SessionFigures(0, 0, 0, 0, 0, 0, 0, 0, UNKNOWN, UNKNOWN);
}
