package io.wishbone.node.forward;

import io.wishbone.webrtc.payload.DependencyStructure;

/// Up to which layers of an encoding a viewer gets its packets: a number, `4 * spatial + temporal`.
/// The highest of four layers stands for all from there on, so that [#ALL] has everything, however
/// many layers there are.
public final class LayerTarget {
  /// Layers of a kind that are told apart.
  public static final int LAYERS = DependencyStructure.LAYERS;

  /// Different targets.
  public static final int COUNT = LAYERS * LAYERS;

  /// Everything.
  public static final int ALL = COUNT - 1;

  /// Everything, as of a viewer that has never got less of the encoding: its packets are passed on
  /// without a word about layers.
  public static final int WHOLE = ALL | COUNT;

  private LayerTarget() {}

  /// Everything up to these layers.
  public static int of(int spatial, int temporal) {
    return LAYERS * clamp(spatial) + clamp(temporal);
  }

  /// The highest spatial layer.
  public static int spatial(int target) {
    return target / LAYERS & (LAYERS - 1);
  }

  /// The highest temporal layer.
  public static int temporal(int target) {
    return target & (LAYERS - 1);
  }

  /// Whether a packet of these layers is part of it.
  public static boolean holds(int target, int spatial, int temporal) {
    return spatial <= spatial(target) && temporal <= temporal(target);
  }

  /// What is part of both.
  public static int meet(int one, int other) {
    return of(Math.min(spatial(one), spatial(other)), Math.min(temporal(one), temporal(other)));
  }

  /// Whether it leaves nothing out.
  public static boolean isAll(int target) {
    return (target & ALL) == ALL;
  }

  static int clamp(int layer) {
    return Math.clamp(layer, 0, LAYERS - 1);
  }
}
