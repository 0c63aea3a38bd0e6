package io.wishbone.node.stream;

import io.wishbone.node.forward.LayerTarget;

/// Which layers of an encoding a viewer has asked for.
///
/// @param spatial the spatial layer that is to be seen, [#ANY] for none in particular
/// @param temporal the temporal layer up to which frames are to be seen, [#ANY] for none in
///   particular
/// @param maxSpatial the highest spatial layer that may be sent, [#ANY] for all
/// @param maxTemporal the highest temporal layer that may be sent, [#ANY] for all
public record LayerLimits(int spatial, int temporal, int maxSpatial, int maxTemporal) {
  /// Nothing was said.
  public static final int ANY = -1;

  /// Nothing was asked for.
  public static final LayerLimits NONE = new LayerLimits(ANY, ANY, ANY, ANY);

  /// Whether layers were named, not only limited.
  public boolean isExact() {
    return spatial != ANY || temporal != ANY;
  }

  /// The layers that may be sent at most.
  int target() {
    return LayerTarget.of(lower(spatial, maxSpatial), lower(temporal, maxTemporal));
  }

  /// The layers that are sent at least, whatever the path carries: those that were named.
  int floor() {
    int all = target();
    return LayerTarget.of(
        spatial == ANY ? 0 : LayerTarget.spatial(all),
        temporal == ANY ? 0 : LayerTarget.temporal(all));
  }

  private static int lower(int wanted, int limit) {
    int highest = LayerTarget.LAYERS - 1;
    return Math.min(wanted == ANY ? highest : wanted, limit == ANY ? highest : limit);
  }
}
