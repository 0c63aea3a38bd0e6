package io.wishbone.control;

/// A new ICE session has begun.
///
/// @param fragment the node's new credentials and candidates, as `application/trickle-ice-sdpfrag`
public record IceRestarted(SessionId sessionId, String fragment) implements Reply {}
