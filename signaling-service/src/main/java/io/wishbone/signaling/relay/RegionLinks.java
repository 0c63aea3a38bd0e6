package io.wishbone.signaling.relay;

/// How a stream gets into another region.
public enum RegionLinks {
  /// Once: the first edge of a region has it from the origin, the others of the region from that
  /// one.
  ONE,
  /// Each edge has it from the origin, for as long as that has places left.
  DIRECT
}
