package io.wishbone.control;

/// What signalling, or another media node, asks of a media node, most often about one session.
/// Every command has exactly one [Reply].
public sealed interface Command
    permits OpenSession,
        AcceptAnswer,
        AddCandidates,
        RestartIce,
        SelectLayer,
        CloseSession,
        PullStream,
        OpenRelay,
        ExamineSessions,
        Drain {

  SessionId sessionId();
}
