package io.wishbone.control;

/// Open a session for this offer. Answered with [SessionOpened] or [Refused].
///
/// @param offer the SDP offer as received; signalling has parsed it once, so it is well-formed
public record OpenSession(SessionId sessionId, StreamName stream, SessionRole role, String offer)
    implements Command {}
