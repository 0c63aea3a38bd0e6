package io.wishbone.node.allocation;

/// Chooses the quality that one viewer gets, by what its path is estimated to carry.
///
/// | the estimate, less what sound takes, is | for | choice |
/// |---|---|---|
/// | below 80 % of what the present quality takes | at once | the best that fits |
/// | below 95 % of it | a second and a half | the best that fits |
/// | above 110 % of what a better one takes | the patience | the best that fits so |
/// | else | - | stays |
///
/// An estimate falls to 85 % of what arrives whenever a queue grows, also where that was a
/// keyframe, or somebody else's. Who left for that would make everybody leave who shares a
/// bottleneck.
///
/// The patience is half a second. It is twice as long when a better quality had to be left again
/// within ten seconds, four times as long each time that this happens again, up to half a minute,
/// and half a second again when one lasts longer. Each such attempt costs all who share the path: a
/// keyframe, and a queue.
public final class QualityChoice {
  /// No quality.
  public static final int NONE = -1;

  private static final long MILLISECOND = 1_000_000;
  private static final long MIN_PATIENCE_NANOS = 500 * MILLISECOND;
  private static final long MAX_PATIENCE_NANOS = 32_000 * MILLISECOND;
  private static final int LONGER_AT_FIRST = 2;
  private static final int LONGER = 4;
  private static final long TRIAL_NANOS = 10_000 * MILLISECOND;
  private static final long LEAVE_PERCENT = 95;
  private static final long LEAVE_AT_ONCE_PERCENT = 80;
  private static final long GRACE_NANOS = 1_500 * MILLISECOND;
  private static final long ASCEND_PERCENT = 110;

  private int current = NONE;
  private int better = NONE;
  private long betterSinceNanos;
  private long ascendedNanos;
  private boolean onTrial;
  private boolean lacking;
  private long lackingSinceNanos;
  private long patienceNanos = MIN_PATIENCE_NANOS;

  /// The choice so far.
  public int current() {
    return current;
  }

  /// Forgets everything: another source.
  public void reset() {
    current = NONE;
    better = NONE;
    onTrial = false;
    lacking = false;
    patienceNanos = MIN_PATIENCE_NANOS;
  }

  /// Looks again.
  ///
  /// @param room what is left for the picture, in bits a second
  public int choose(Qualities qualities, long room, long nowNanos) {
    long present = current == NONE ? -1 : qualities.bitrate(current);
    if (present < 0) {
      current = qualities.best(room);
      better = NONE;
      return current;
    }
    if (onTrial && nowNanos - ascendedNanos > TRIAL_NANOS) {
      onTrial = false;
      patienceNanos = MIN_PATIENCE_NANOS;
    }
    if (room < present * LEAVE_PERCENT / 100) {
      better = NONE;
      lackingSinceNanos = lacking ? lackingSinceNanos : nowNanos;
      lacking = true;
      if (room < present * LEAVE_AT_ONCE_PERCENT / 100
          || nowNanos - lackingSinceNanos >= GRACE_NANOS) {
        lacking = false;
        descend(qualities.best(room));
      }
    } else {
      lacking = false;
      ascend(qualities, present, room, nowNanos);
    }
    return current;
  }

  private void descend(int next) {
    if (next != current && onTrial) {
      int longer = patienceNanos == MIN_PATIENCE_NANOS ? LONGER_AT_FIRST : LONGER;
      patienceNanos = Math.min(longer * patienceNanos, MAX_PATIENCE_NANOS);
      onTrial = false;
    }
    current = next;
    better = NONE;
  }

  private void ascend(Qualities qualities, long present, long room, long nowNanos) {
    int best = qualities.best(room * 100 / ASCEND_PERCENT);
    if (best == current || qualities.bitrate(best) <= present) {
      better = NONE;
      return;
    }
    if (better == NONE) {
      betterSinceNanos = nowNanos;
    }
    better = best;
    if (nowNanos - betterSinceNanos >= patienceNanos) {
      current = best;
      better = NONE;
      onTrial = true;
      ascendedNanos = nowNanos;
    }
  }
}
