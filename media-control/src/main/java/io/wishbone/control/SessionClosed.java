package io.wishbone.control;

/// The session does not exist (any more).
public record SessionClosed(SessionId sessionId) implements Reply {}
