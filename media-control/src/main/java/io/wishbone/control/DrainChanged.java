package io.wishbone.control;

/// The node does what [Drain] asked for.
///
/// @param sessionId that of the command
/// @param sessions how many the node has now
public record DrainChanged(SessionId sessionId, int sessions) implements Reply {}
