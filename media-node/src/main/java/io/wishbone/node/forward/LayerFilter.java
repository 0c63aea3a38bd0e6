package io.wishbone.node.forward;

/// Which layers of an encoding one viewer gets, and when that changes.
///
/// | wanted | changes at |
/// |---|---|
/// | fewer layers | the next picture |
/// | more, of time | the next point that [PacketLayers] knows, or the next keyframe |
/// | more, of space | the same; there may be none but keyframes |
///
/// What is given then can be decoded with what was given before. A picture of which the lowest part
/// was left out is left out as a whole.
public final class LayerFilter {
  /// Pictures after which a viewer that waits for a temporal layer is not expected to find a point
  /// to step up at.
  private static final int PATIENCE = 90;

  private int current = LayerTarget.WHOLE;
  private int wanted = LayerTarget.ALL;
  private int waited;

  /// Wishes for layers.
  public void want(int target) {
    wanted = target;
  }

  /// What the viewer gets now.
  public int current() {
    return current;
  }

  /// What the viewer would get if it began with an encoding now.
  public int beginning() {
    return LayerTarget.isAll(wanted) ? LayerTarget.WHOLE : wanted;
  }

  /// The viewer begins with an encoding, at a keyframe.
  public void begin() {
    current = beginning();
    waited = 0;
  }

  /// Looks at a packet before it is forwarded. True: what the viewer gets has changed, from this
  /// packet on.
  public boolean changesAt(SourcePacket packet) {
    PacketLayers layers = packet.layers();
    if (current == wanted || !layers.isTurningPoint()) {
      return false;
    }
    if (current == LayerTarget.WHOLE && LayerTarget.isAll(wanted)) {
      return false;
    }
    int next = packet.keyframe() ? wanted : step(layers);
    waited = LayerTarget.temporal(next) < temporal(wanted) && layers.startsPicture ? waited + 1 : 0;
    boolean changes = next != (current & LayerTarget.ALL);
    if (changes) {
      current = next;
    }
    return changes;
  }

  private static int temporal(int target) {
    return LayerTarget.temporal(target);
  }

  private int step(PacketLayers layers) {
    int spatial = LayerTarget.spatial(current);
    int temporal = temporal(current);
    int wantedSpatial = LayerTarget.spatial(wanted);
    int wantedTemporal = temporal(wanted);
    if (layers.startsPicture) {
      spatial = Math.min(spatial, wantedSpatial);
      temporal = Math.min(temporal, wantedTemporal);
    }
    if (layers.switches != 0) {
      return layers.isWithin(LayerTarget.of(spatial, temporal))
          ? described(layers, spatial, temporal)
          : LayerTarget.of(spatial, temporal);
    }
    boolean whole = layers.temporal <= temporal || layers.startsPicture && layers.spatial == 0;
    if (whole && wantedTemporal > temporal && layers.needsTemporal <= temporal) {
      temporal = Math.max(temporal, Math.min(wantedTemporal, layers.opensTemporal));
      temporal = temporal >= layers.topTemporal() ? wantedTemporal : temporal;
    }
    if (wantedSpatial > spatial
        && layers.entersSpatial
        && layers.spatial == spatial + 1
        && layers.temporal <= temporal) {
      spatial = layers.spatial >= layers.topSpatial() ? wantedSpatial : layers.spatial;
    }
    return LayerTarget.of(spatial, temporal);
  }

  /// As far as the dependency descriptor says.
  private int described(PacketLayers layers, int spatial, int temporal) {
    int wantedSpatial = Math.max(spatial, LayerTarget.spatial(wanted));
    int wantedTemporal = Math.max(temporal, temporal(wanted));
    if (switches(layers, wantedSpatial, wantedTemporal)) {
      return LayerTarget.of(wantedSpatial, wantedTemporal);
    }
    if (switches(layers, spatial, wantedTemporal)) {
      return LayerTarget.of(spatial, wantedTemporal);
    }
    return switches(layers, wantedSpatial, temporal)
        ? LayerTarget.of(wantedSpatial, temporal)
        : LayerTarget.of(spatial, temporal);
  }

  private static boolean switches(PacketLayers layers, int spatial, int temporal) {
    int target =
        LayerTarget.of(
            Math.min(spatial, layers.topSpatial()), Math.min(temporal, layers.topTemporal()));
    return (layers.switches & 1 << target) != 0;
  }

  /// Whether only a keyframe gives the viewer what it is to have.
  public boolean awaitsKeyframe(LayerLedger layers) {
    if (!layers.isLayered()) {
      return false;
    }
    int spatial = Math.min(LayerTarget.spatial(wanted), layers.topSpatial());
    return LayerTarget.spatial(current) < spatial || waited > PATIENCE;
  }
}
