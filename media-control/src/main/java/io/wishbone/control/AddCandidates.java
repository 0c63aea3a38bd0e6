package io.wishbone.control;

/// Take these remote candidates into the current ICE session (RFC 9725 section 4.3.2). Answered
/// with [CandidatesAdded] or [Refused].
///
/// @param fragment the `application/trickle-ice-sdpfrag` body as received, already parsed once
public record AddCandidates(SessionId sessionId, String fragment) implements Command {}
