package io.wishbone.webrtc.bwe;

/// Tells a way that has become longer all at once - a handover, another route - from a queue that
/// fills: the one is a single jump of the delay, with what was sent after it as far apart as it was
/// sent; the other goes on growing, or empties again.
///
/// ```
///  delay           ________  longer          /  queue
///                 |                        /
///          _______|                 ______/
/// ```
///
/// A jump is not counted as growth until the groups after it have shown which it was. For a queue
/// that is one group late; a longer way never counts. A jump that a single packet explains, by the
/// time it takes at the rate that arrives, is none: on narrow links every packet is one.
final class LongerWay {
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;

  /// Less hardly matters to a [Trendline].
  private static final long LEAST_JUMP_NANOS = 25 * MILLISECOND;

  /// Of the jump that the first packet of its group has to show already: a queue that fills within
  /// a group delays the last one more than the first.
  private static final double AT_ONCE = 0.7;

  /// Of the jump that delays may vary by after it.
  private static final double LEVEL = 0.5;

  private static final int ENOUGH_GROUPS = 4;
  private static final long PACKET_BITS = 1_200 * 8;

  private long jump;
  private long since;
  private int groups;
  private long longerBy;

  /// Takes how much more apart two groups arrived than they were sent.
  ///
  /// @param first the same of the first packet of the later group, instead of the last
  /// @param arriving bits a second, -1 while that is not known
  /// @return what of it is growth, with what was not counted before
  long onGroups(long growth, long first, long arriving) {
    longerBy = 0;
    if (jump == 0) {
      if (!isJump(growth, first, arriving)) {
        return growth;
      }
      jump = growth;
      since = 0;
      groups = 0;
      return 0;
    }
    since += growth;
    groups++;
    if (Math.abs(since) > LEVEL * jump) {
      long counted = jump + growth;
      jump = 0;
      return counted;
    }
    if (groups == ENOUGH_GROUPS) {
      longerBy = jump;
      jump = 0;
    }
    return growth;
  }

  private static boolean isJump(long growth, long first, long arriving) {
    return arriving > 0
        && first - PACKET_BITS * SECOND / arriving >= LEAST_JUMP_NANOS
        && first >= AT_ONCE * growth;
  }

  /// By how much the way has turned out to be longer with the latest groups, 0 when it has not.
  long longerBy() {
    return longerBy;
  }
}
