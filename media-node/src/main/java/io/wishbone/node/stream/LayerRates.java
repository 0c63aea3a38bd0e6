package io.wishbone.node.stream;

import io.wishbone.node.forward.LayerTarget;
import io.wishbone.node.forward.PacketLayers;

/// What each layer of an encoding takes, bits a second, smoothed from window to window.
final class LayerRates {
  private static final int LAYERS = LayerTarget.LAYERS;

  /// A layer that has sent nothing for so many windows is not there.
  private static final int QUIET_WINDOWS = 4;

  private final long[] bytes = new long[LayerTarget.COUNT];
  private final long[] rates = new long[LayerTarget.COUNT];
  private final int[] quiet = new int[LayerTarget.COUNT];

  void count(PacketLayers layers, int length) {
    bytes[LayerTarget.of(layers.spatial(), layers.temporal())] += length;
  }

  void endWindow(long elapsedNanos) {
    for (int i = 0; i < LayerTarget.COUNT; i++) {
      long measured = bytes[i] * 8 * 1_000_000_000L / elapsedNanos;
      quiet[i] = measured > 0 ? 0 : Math.min(quiet[i] + 1, QUIET_WINDOWS);
      rates[i] = smooth(rates[i], measured);
      if (quiet[i] == QUIET_WINDOWS) {
        rates[i] = 0;
      }
      bytes[i] = 0;
    }
  }

  /// Over two seconds or so: a keyframe that somebody has asked for is no reason for others to
  /// leave what they have.
  static long smooth(long before, long measured) {
    return before == 0 ? measured : (3 * before + measured) / 4;
  }

  /// Whether there is something that belongs to just these layers.
  boolean isSent(int spatial, int temporal) {
    return rates[LayerTarget.of(spatial, temporal)] > 0;
  }

  /// What all layers up to the target's take.
  long upTo(int target) {
    long rate = 0;
    for (int spatial = 0; spatial <= LayerTarget.spatial(target); spatial++) {
      for (int temporal = 0; temporal <= LayerTarget.temporal(target); temporal++) {
        rate += rates[LAYERS * spatial + temporal];
      }
    }
    return rate;
  }

  /// The highest spatial layer that is sent.
  int topSpatial() {
    for (int i = LayerTarget.COUNT - 1; i > 0; i--) {
      if (rates[i] > 0) {
        return i / LAYERS;
      }
    }
    return 0;
  }

  /// The highest temporal layer that is sent.
  int topTemporal() {
    int top = 0;
    for (int i = 0; i < LayerTarget.COUNT; i++) {
      top = rates[i] > 0 ? Math.max(top, i % LAYERS) : top;
    }
    return top;
  }
}
