package io.wishbone.control;

/// End the session at once. Answered with [SessionClosed], also when the node no longer knows it.
public record CloseSession(SessionId sessionId, CloseReason reason) implements Command {}
