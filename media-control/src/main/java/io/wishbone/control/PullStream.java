package io.wishbone.control;

/// Have the stream from this node from now on, and let viewers that are waiting for it go on. A
/// node that has the stream from there already, or has its publisher, changes nothing. Answered
/// with [StreamPulled] or [Refused].
///
/// @param sessionId what the relay is called at both nodes, for as long as it lasts
/// @param from the node that sends the stream, its origin or another edge
public record PullStream(SessionId sessionId, StreamName stream, NodeId from) implements Command {}
