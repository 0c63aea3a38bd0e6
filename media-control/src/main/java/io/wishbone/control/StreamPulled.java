package io.wishbone.control;

/// The node has the stream, from another node or from its publisher.
public record StreamPulled(SessionId sessionId) implements Reply {}
