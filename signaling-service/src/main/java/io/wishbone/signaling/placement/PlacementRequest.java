package io.wishbone.signaling.placement;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A session that looks for a node.
///
/// @param origin the node that has the stream already; null when nobody publishes it
/// @param excluded nodes that have refused the session just now
/// @param mayLeave whether another cluster may take it
public record PlacementRequest(
    StreamName stream,
    SessionRole role,
    @Nullable NodeId origin,
    Set<NodeId> excluded,
    boolean mayLeave) {

  public PlacementRequest {
    excluded = Set.copyOf(excluded);
  }
}
