package io.wishbone.node.allocation;

/// The qualities of one picture that are sent now. Reused from look to look.
public final class Qualities {
  private static final int MAX = 64;

  private final int[] ids = new int[MAX];
  private final long[] bitrates = new long[MAX];
  private int count;

  public void clear() {
    count = 0;
  }

  /// Adds one, unless there are more than any source has.
  ///
  /// @param bitrate in bits a second as measured
  public void add(int id, long bitrate) {
    if (count < MAX) {
      ids[count] = id;
      bitrates[count] = bitrate;
      count++;
    }
  }

  /// The bitrate of a quality, -1 when it is not there.
  long bitrate(int id) {
    for (int i = 0; i < count; i++) {
      if (ids[i] == id) {
        return bitrates[i];
      }
    }
    return -1;
  }

  /// The one that takes most and no more than this; the one that takes least when all take more; -1
  /// when there is none.
  int best(long limit) {
    int best = -1;
    for (int i = 0; i < count; i++) {
      if (best < 0 || isBetter(bitrates[i], bitrates[best], limit)) {
        best = i;
      }
    }
    return best < 0 ? -1 : ids[best];
  }

  private static boolean isBetter(long candidate, long than, long limit) {
    return candidate <= limit ? than > limit || candidate > than : than > limit && candidate < than;
  }
}
