package io.wishbone.control;

/// The session exists and waits for the client's ICE checks.
///
/// @param answer the SDP answer, with all of the node's candidates (RFC 9725 section 4.3.2)
public record SessionOpened(SessionId sessionId, String answer) implements Reply {}
