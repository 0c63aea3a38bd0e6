package io.wishbone.webrtc.stats;

/// The share of a stream's packets that was lost lately: over about ten seconds, and of a hundred
/// packets at least. A single receiver report (RFC 3550 section 6.4.1) may be about a dozen of
/// them, and says nothing any more when no other follows.
public final class LossWindow {
  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final long SPACING_NANOS = 1_000_000_000L;
  private static final long MIN_PACKETS = 100;

  /// One for each second of the window, both ends included, and the newest.
  private static final int CAPACITY = 12;

  private final long[] atNanos = new long[CAPACITY];
  private final long[] expected = new long[CAPACITY];
  private final long[] lost = new long[CAPACITY];
  private int count;

  /// Takes what was counted so far. Packets that should have come only become more; where they do
  /// not, the stream has begun anew.
  ///
  /// @param expectedSoFar packets that should have come, from any beginning
  /// @param lostSoFar those that did not, which duplicates may lower
  public void add(long expectedSoFar, long lostSoFar, long nowNanos) {
    if (count > 0 && expectedSoFar < expected[count - 1]) {
      count = 0;
    }
    if (count >= 2 && atNanos[count - 1] - atNanos[count - 2] < SPACING_NANOS) {
      count--;
    }
    if (count == CAPACITY) {
      count--;
      System.arraycopy(atNanos, 1, atNanos, 0, count);
      System.arraycopy(expected, 1, expected, 0, count);
      System.arraycopy(lost, 1, lost, 0, count);
    }
    atNanos[count] = nowNanos;
    expected[count] = expectedSoFar;
    lost[count] = lostSoFar;
    count++;
  }

  /// The share that was lost, 0 to 1; 0 while too little is known.
  public double share(long nowNanos) {
    int newest = count - 1;
    if (newest < 1 || nowNanos - atNanos[newest] > WINDOW_NANOS) {
      return 0;
    }
    int from = 0;
    while (from < newest - 1 && atNanos[newest] - atNanos[from] > WINDOW_NANOS) {
      from++;
    }
    long packets = expected[newest] - expected[from];
    return packets < MIN_PACKETS
        ? 0
        : (double) Math.clamp(lost[newest] - lost[from], 0, packets) / packets;
  }
}
