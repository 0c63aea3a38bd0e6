package io.wishbone.node.worker;

import io.wishbone.webrtc.sdp.IceCandidate;
import java.util.List;

/// What a worker needs to have streams from others, and to send them on.
///
/// @param node what this node is called
/// @param candidates where other workers reach this one
public record RelayParts(
    String node,
    RelayLimits limits,
    List<IceCandidate> candidates,
    RelaySockets sockets,
    RelayRequests requests) {
  public RelayParts {
    candidates = List.copyOf(candidates);
  }
}
