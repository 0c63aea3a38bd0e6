package io.wishbone.control;

/// Send another node all there is of a stream. Nodes ask each other. Answered with [SessionOpened]
/// or [Refused]. The relay ends like any session, and is closed by [CloseSession], too; it is none
/// of the sessions that [SessionConnected], [SessionEnded] and [SessionsAlive] tell of.
///
/// @param edge the node that asks
/// @param offer an SDP offer of that node
public record OpenRelay(SessionId sessionId, StreamName stream, NodeId edge, String offer)
    implements Command {}
