package io.wishbone.webrtc.srtp;

/// Which of the latest packet indices were received, RFC 3711 section 3.3.2.
///
/// A ring of bits, one an index, that ends at the highest index. Only authenticated packets are
/// entered.
final class ReplayWindow {

  static final int NOTHING_RECEIVED = -1;

  private final long[] bits;
  private final int width;
  private long highest;

  /// @param width how many indices are remembered, a power of two and at least 64
  /// @param highest all indices up to here count as not received, but those that have left the
  ///   window are too old; [#NOTHING_RECEIVED] for a fresh window
  ReplayWindow(int width, long highest) {
    if (width < Long.SIZE || Integer.bitCount(width) != 1) {
      throw new IllegalArgumentException("not a power of two from 64: " + width);
    }
    this.bits = new long[width / Long.SIZE];
    this.width = width;
    this.highest = highest;
  }

  long highest() {
    return highest;
  }

  boolean isTooOld(long index) {
    return index <= highest - width;
  }

  /// Only meaningful for an index that is not too old.
  boolean isReceived(long index) {
    return index <= highest && (bits[word(index)] & bit(index)) != 0;
  }

  /// Enters an index that is neither too old nor received.
  void enter(long index) {
    if (index > highest) {
      advanceTo(index);
    }
    bits[word(index)] |= bit(index);
  }

  private void advanceTo(long index) {
    long firstUnseen = Math.max(highest + 1, index - width + 1);
    for (long unseen = firstUnseen; unseen <= index; unseen++) {
      bits[word(unseen)] &= ~bit(unseen);
    }
    highest = index;
  }

  private int word(long index) {
    return (int) (index & (width - 1)) / Long.SIZE;
  }

  private static long bit(long index) {
    return 1L << index;
  }
}
