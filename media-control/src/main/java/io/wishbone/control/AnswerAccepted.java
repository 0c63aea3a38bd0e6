package io.wishbone.control;

/// The session exists and waits for the client's ICE checks.
public record AnswerAccepted(SessionId sessionId) implements Reply {}
