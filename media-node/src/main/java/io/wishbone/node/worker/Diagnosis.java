package io.wishbone.node.worker;

import io.wishbone.node.doctor.SessionFigures;
import io.wishbone.node.doctor.Verdict;

/// How a session fares.
///
/// @param connected whether ICE and DTLS are, or were, complete
/// @param ended whether this is what it died of
public record Diagnosis(
    String sessionId,
    String stream,
    SessionRole role,
    Verdict verdict,
    boolean connected,
    boolean ended,
    SessionFigures figures) {}
