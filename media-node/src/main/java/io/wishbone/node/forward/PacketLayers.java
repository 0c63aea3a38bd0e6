package io.wishbone.node.forward;

import io.wishbone.webrtc.payload.DependencyStructure;
import org.jspecify.annotations.Nullable;

/// Where a packet lies among the layers of its encoding. Part of a [SourcePacket], reused with it.
///
/// | field | says |
/// |---|---|
/// | `spatial`, `temporal` | its layers, 0 where there are none |
/// | `startsPicture`, `startsFrame` | first packet of all of a picture, or of its part of one layer |
/// | `endsFrame` | last packet of its layer's part |
/// | `needsTemporal`, `opensTemporal` | who gets the one gets up to the other from here on |
/// | `entersSpatial` | needs nothing of its spatial layer from before |
/// | `switches` | bits of targets that can be switched to here, as the dependency descriptor says |
/// | `late` | its number was passed over before its layers were known |
public final class PacketLayers {
  /// No temporal layer is opened.
  static final int NEVER = LayerTarget.LAYERS;

  int spatial;
  int temporal;
  boolean startsPicture;
  boolean startsFrame;
  boolean endsFrame;
  int needsTemporal;
  int opensTemporal;
  boolean entersSpatial;
  int switches;
  boolean late;
  int descriptorId;
  @Nullable DependencyStructure structure;
  @Nullable LayerLedger ledger;

  PacketLayers() {
    clear();
  }

  /// A packet of an encoding without layers.
  void clear() {
    spatial = 0;
    temporal = 0;
    startsPicture = false;
    startsFrame = false;
    endsFrame = false;
    needsTemporal = NEVER;
    opensTemporal = 0;
    entersSpatial = false;
    switches = 0;
    late = false;
    descriptorId = 0;
    structure = null;
    ledger = null;
  }

  void copy(PacketLayers other) {
    spatial = other.spatial;
    temporal = other.temporal;
    startsPicture = other.startsPicture;
    startsFrame = other.startsFrame;
    endsFrame = other.endsFrame;
    needsTemporal = other.needsTemporal;
    opensTemporal = other.opensTemporal;
    entersSpatial = other.entersSpatial;
    switches = other.switches;
    late = other.late;
    descriptorId = other.descriptorId;
    structure = other.structure;
    ledger = other.ledger;
  }

  public int spatial() {
    return spatial;
  }

  public int temporal() {
    return temporal;
  }

  /// Whether its number was passed over before its layers were known.
  public boolean isLate() {
    return late;
  }

  /// Whether a viewer with this target gets the packet's payload.
  public boolean isWithin(int target) {
    return LayerTarget.holds(target, spatial, temporal);
  }

  /// Whether a viewer with this target gets the packet without its payload: its number had been
  /// given before it was known that it is not for this viewer.
  public boolean isFiller(int target) {
    return late && !isWithin(target);
  }

  /// Whether a frame begins with it at which a viewer may be given other layers.
  boolean isTurningPoint() {
    return startsFrame && !late && ledger != null;
  }

  int topSpatial() {
    return ledger == null ? 0 : ledger.topSpatial();
  }

  int topTemporal() {
    return ledger == null ? 0 : ledger.topTemporal();
  }

  /// Whether it ends what a viewer with this target gets of the picture.
  boolean endsPicture(int target) {
    int top = LayerTarget.spatial(target);
    return endsFrame && spatial == top && top < LayerTarget.LAYERS - 1;
  }

  /// Whether viewers with this target know the packet by a number.
  public boolean isNumbered(long index, int target) {
    LayerLedger counts = ledger;
    return counts == null || LayerTarget.isAll(target) || counts.knows(index);
  }

  /// How many packets before this one are not for a viewer with this target.
  long left(long index, int target) {
    LayerLedger counts = ledger;
    return counts == null || LayerTarget.isAll(target) ? 0 : counts.left(index, target);
  }

  /// How many pictures before this packet's are not for a viewer with this target.
  int picturesLeft(long index, int target) {
    LayerLedger counts = ledger;
    return counts == null || LayerTarget.isAll(target) ? 0 : counts.picturesLeft(index, target);
  }
}
