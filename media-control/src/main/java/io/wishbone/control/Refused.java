package io.wishbone.control;

/// The node did not do what was asked; nothing has changed.
///
/// @param detail one sentence for the person who runs the client
public record Refused(SessionId sessionId, Refusal reason, String detail) implements Reply {}
