package io.wishbone.control;

/// What signalling asks of a media node about one session. Every command has exactly one [Reply].
public sealed interface Command
    permits OpenSession, AcceptAnswer, AddCandidates, RestartIce, SelectLayer, CloseSession {

  SessionId sessionId();
}
