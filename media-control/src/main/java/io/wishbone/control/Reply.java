package io.wishbone.control;

/// What a media node answers to a [Command].
public sealed interface Reply
    permits SessionOpened,
        CounterOffered,
        AnswerAccepted,
        CandidatesAdded,
        IceRestarted,
        LayerSelected,
        SessionClosed,
        StreamPulled,
        SessionsExamined,
        DrainChanged,
        Refused {

  SessionId sessionId();
}
