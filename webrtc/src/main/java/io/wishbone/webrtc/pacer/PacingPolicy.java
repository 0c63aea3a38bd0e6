package io.wishbone.webrtc.pacer;

/// How a [Pacer] paces.
///
/// @param factor pictures go at so many times the estimate: a keyframe should not take as long as
///   it lasts
/// @param burstNanos as much as this takes may go at once; a longer one gathers longer runs
/// @param maxWaitNanos a picture that waited longer is dropped, with all that wait behind it
/// @param maxRepairWaitNanos a repair that waited longer is dropped
public record PacingPolicy(
    double factor, long burstNanos, long maxWaitNanos, long maxRepairWaitNanos) {

  private static final long MILLISECOND = 1_000_000;

  public static final PacingPolicy USUAL =
      new PacingPolicy(2.5, 5 * MILLISECOND, 1_000 * MILLISECOND, 400 * MILLISECOND);

  /// For a viewer of a stream that somebody else has paced before: what has arrived at once, some
  /// frames, goes at once, unless it is far more than the path carries, as a keyframe may be.
  public static final PacingPolicy FORWARDING =
      new PacingPolicy(2.5, 40 * MILLISECOND, 2_000 * MILLISECOND, 400 * MILLISECOND);

  public PacingPolicy {
    if (factor < 1 || burstNanos <= 0 || maxWaitNanos <= 0 || maxRepairWaitNanos <= 0) {
      throw new IllegalArgumentException("a policy that makes no sense");
    }
  }
}
