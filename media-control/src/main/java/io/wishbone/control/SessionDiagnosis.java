package io.wishbone.control;

/// How a session fares at its node.
///
/// @param connected whether ICE and DTLS are, or were, complete
/// @param ended whether it has ended lately, and the verdict is what it ended with
public record SessionDiagnosis(
    SessionId sessionId,
    Verdict verdict,
    boolean connected,
    boolean ended,
    SessionFigures figures) {}
