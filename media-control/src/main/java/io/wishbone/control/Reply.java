package io.wishbone.control;

/// What a media node answers to a [Command].
public sealed interface Reply
    permits SessionOpened, CandidatesAdded, IceRestarted, SessionClosed, Refused {

  SessionId sessionId();
}
