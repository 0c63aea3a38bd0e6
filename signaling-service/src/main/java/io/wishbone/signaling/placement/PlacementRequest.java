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
/// @param region where the client is; empty when unknown
/// @param zone the part of that region that is nearest; empty when unknown
public record PlacementRequest(
    StreamName stream,
    SessionRole role,
    @Nullable NodeId origin,
    Set<NodeId> excluded,
    boolean mayLeave,
    String region,
    String zone) {

  public PlacementRequest {
    excluded = Set.copyOf(excluded);
  }
}
