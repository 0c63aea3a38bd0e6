package io.wishbone.signaling.placement;

/// Chooses the place for a new session.
public interface NodeSelector {

  Placement select(PlacementRequest request);
}
