package io.wishbone.signaling.placement;

import io.wishbone.control.NodeId;
import java.net.URI;
import java.time.Duration;

/// Where a session goes.
public sealed interface Placement {

  /// To a node of this cluster.
  record AtNode(NodeId node) implements Placement {}

  /// To another cluster.
  ///
  /// @param base what its endpoints' URLs begin with
  record Elsewhere(URI base) implements Placement {}

  /// Nowhere now.
  ///
  /// @param retryAfter when it makes sense to ask again
  record NoRoom(Duration retryAfter) implements Placement {}
}
