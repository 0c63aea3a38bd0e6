package io.wishbone.webrtc.pacer;

/// How a [Pacer] paces.
///
/// @param factor pictures go at so many times the estimate: a keyframe should not take as long as
///   it lasts
/// @param burstNanos as much as this takes may go at once; a longer one gathers longer runs
/// @param maxWaitNanos a picture that waited longer is dropped, with all that wait behind it
/// @param maxRepairWaitNanos a repair that waited longer is dropped
/// @param copyWaitNanos a copy of a repair goes so long after it was queued, or later
public record PacingPolicy(
    double factor,
    long burstNanos,
    long maxWaitNanos,
    long maxRepairWaitNanos,
    long copyWaitNanos) {

  private static final long MILLISECOND = 1_000_000;

  /// Longer than most bursts last, and little beside the round trip and the time until a loss is
  /// reported, 50 ms and more: where a copy is needed, the picture waits for that long.
  private static final long USUAL_COPY_WAIT_NANOS = 20 * MILLISECOND;

  public static final PacingPolicy USUAL =
      new PacingPolicy(
          2.5, 5 * MILLISECOND, 1_000 * MILLISECOND, 400 * MILLISECOND, USUAL_COPY_WAIT_NANOS);

  /// For a viewer of a stream that somebody else has paced before: what has arrived at once, some
  /// frames, goes at once, unless it is far more than the path carries, as a keyframe may be.
  public static final PacingPolicy FORWARDING =
      new PacingPolicy(
          2.5, 40 * MILLISECOND, 2_000 * MILLISECOND, 400 * MILLISECOND, USUAL_COPY_WAIT_NANOS);

  public PacingPolicy {
    if (factor < 1
        || burstNanos <= 0
        || maxWaitNanos <= 0
        || maxRepairWaitNanos <= 0
        || copyWaitNanos < 0) {
      throw new IllegalArgumentException("a policy that makes no sense");
    }
  }
}
