package io.wishbone.signaling.placement;

import io.wishbone.control.NodeId;

/// Chooses the place for a new session.
public interface NodeSelector {

  Placement select(PlacementRequest request);

  /// Takes back that a session was placed at the node: it was not opened there.
  void giveBack(NodeId node);
}
