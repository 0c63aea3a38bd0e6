package io.wishbone.control;

/// Restart ICE with the credentials in this fragment (RFC 9725 section 4.3.3). Answered with
/// [IceRestarted], or with [Refused]: then the existing ICE session goes on.
///
/// @param fragment the `application/trickle-ice-sdpfrag` body as received, already parsed once
public record RestartIce(SessionId sessionId, String fragment) implements Command {}
