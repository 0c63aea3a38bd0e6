package io.wishbone.node.session;

/// For how long a viewer is told to hold frames back before it shows them, at least (the header
/// extension `playout-delay`): nothing, until the path loses so much that a packet is often lost
/// again as it is repaired. Then the picture is shown a little later instead of standing still.
///
/// Each attempt to repair takes about a tenth of a second: a browser asks again after as much. So
/// the delay is twenty milliseconds for each percent of loss, in steps; up at once, down a step
/// when less was enough for ten seconds.
final class PlayoutDelay {
  static final int MAX_MILLIS = 400;
  static final int STEP_MILLIS = 50;

  private static final double MILLIS_PER_LOSS = 2_000;

  /// Below that, one attempt is enough nearly always.
  private static final double NEGLIGIBLE_LOSS = 0.04;

  private static final long PATIENCE_NANOS = 10_000_000_000L;

  private int millis;
  private long enoughSinceNanos = Long.MAX_VALUE;

  /// Looks at the share of packets that is lost. Returns the delay from now on.
  int onLoss(double share, long nowNanos) {
    int wanted = wanted(share);
    if (wanted >= millis) {
      millis = wanted;
      enoughSinceNanos = Long.MAX_VALUE;
    } else if (enoughSinceNanos == Long.MAX_VALUE) {
      enoughSinceNanos = nowNanos;
    } else if (nowNanos - enoughSinceNanos >= PATIENCE_NANOS) {
      millis -= STEP_MILLIS;
      enoughSinceNanos = nowNanos;
    }
    return millis;
  }

  private static int wanted(double share) {
    if (share < NEGLIGIBLE_LOSS) {
      return 0;
    }
    int steps = (int) Math.round(share * MILLIS_PER_LOSS / STEP_MILLIS);
    return Math.min(steps * STEP_MILLIS, MAX_MILLIS);
  }
}
