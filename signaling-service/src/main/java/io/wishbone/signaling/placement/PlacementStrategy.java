package io.wishbone.signaling.placement;

import io.wishbone.store.NodeRecord;

/// How far nodes are.
public enum PlacementStrategy {
  /// All are as good as each other; the one with the least load is taken.
  LEAST_LOADED,
  /// Those of the client's own region come first.
  REGION_AWARE;

  boolean isFar(NodeRecord node, PlacementRequest request) {
    return switch (this) {
      case LEAST_LOADED -> false;
      case REGION_AWARE -> !request.region().isEmpty() && !request.region().equals(node.region());
    };
  }

  boolean isInAnotherZone(NodeRecord node, PlacementRequest request) {
    return switch (this) {
      case LEAST_LOADED -> false;
      case REGION_AWARE -> isFar(node, request) || !request.zone().equals(node.zone());
    };
  }
}
