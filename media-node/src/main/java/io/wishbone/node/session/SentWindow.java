package io.wishbone.node.session;

/// Which of the latest numbers of a viewer's track are taken: none is given to two packets,
/// whichever way they come. With AES-GCM, two different packets under one number would give the key
/// away.
final class SentWindow {
  private static final int WIDTH = 2048;

  private final long[] bits = new long[WIDTH / Long.SIZE];
  private long highest = -1;

  /// Whether the number was free; it is taken now. What is too old to be known is not free.
  boolean take(long index) {
    if (index <= highest - WIDTH) {
      return false;
    }
    if (index > highest) {
      for (long unseen = Math.max(highest + 1, index - WIDTH + 1); unseen <= index; unseen++) {
        bits[word(unseen)] &= ~bit(unseen);
      }
      highest = index;
    } else if ((bits[word(index)] & bit(index)) != 0) {
      return false;
    }
    bits[word(index)] |= bit(index);
    return true;
  }

  /// See [io.wishbone.node.stream.RtpSink#prefetch].
  int prefetch() {
    return (int) bits[word(highest + 1)];
  }

  /// Whether the number could be [taken][#take].
  boolean isFree(long index) {
    return index > highest - WIDTH && (index > highest || (bits[word(index)] & bit(index)) == 0);
  }

  /// The numbers behind this one were not used after all.
  void free(long index) {
    for (long unused = Math.max(index + 1, highest - WIDTH + 1); unused <= highest; unused++) {
      bits[word(unused)] &= ~bit(unused);
    }
    highest = Math.min(highest, index);
  }

  private static int word(long index) {
    return (int) (index & (WIDTH - 1)) / Long.SIZE;
  }

  private static long bit(long index) {
    return 1L << index;
  }
}
