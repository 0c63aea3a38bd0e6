package io.wishbone.webrtc.srtp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The replay windows of a peer, one for each SSRC, and never more than a fixed number. A window is
/// never dropped for another: whoever could make us forget one could replay its packets.
final class ReplayWindows {

  private static final int INITIAL_CAPACITY = 4;

  private final int capacity;
  private final int width;
  private int[] ssrcs = new int[INITIAL_CAPACITY];
  private @Nullable ReplayWindow[] windows = new ReplayWindow[INITIAL_CAPACITY];
  private int count;

  ReplayWindows(int capacity, int width) {
    this.capacity = capacity;
    this.width = width;
  }

  /// A peer sends from a handful of SSRCs: looking at each is quicker than hashing.
  @Nullable ReplayWindow of(int ssrc) {
    for (int i = 0; i < count; i++) {
      if (ssrcs[i] == ssrc) {
        return windows[i];
      }
    }
    return null;
  }

  boolean isFull() {
    return count == capacity;
  }

  /// Adds a window for an SSRC that has none yet, unless full.
  ReplayWindow add(int ssrc, long highest) {
    if (count == ssrcs.length) {
      ssrcs = Arrays.copyOf(ssrcs, 2 * count);
      windows = Arrays.copyOf(windows, 2 * count);
    }
    ReplayWindow window = new ReplayWindow(width, highest);
    ssrcs[count] = ssrc;
    windows[count] = window;
    count++;
    return window;
  }
}
