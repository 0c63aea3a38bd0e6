package io.wishbone.signaling.placement;

import io.wishbone.control.NodeId;
import org.jspecify.annotations.Nullable;

/// Chooses the media node for a new session.
public interface NodeSelector {

  /// Chooses a node.
  ///
  /// @return null when no node can take the session now
  @Nullable NodeId select(PlacementRequest request);
}
