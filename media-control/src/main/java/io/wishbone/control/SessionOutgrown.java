package io.wishbone.control;

/// The publisher sends a sound or a picture that the stream did not have when the viewer's offer of
/// one was answered: in a new session it would get that too. The present one goes on. Told once for
/// a session.
public record SessionOutgrown(SessionId sessionId, StreamName stream) implements NodeEvent {}
