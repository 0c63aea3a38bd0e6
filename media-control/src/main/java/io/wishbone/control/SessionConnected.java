package io.wishbone.control;

/// ICE and DTLS are complete; media can flow.
public record SessionConnected(SessionId sessionId, StreamName stream, SessionRole role)
    implements NodeEvent {}
