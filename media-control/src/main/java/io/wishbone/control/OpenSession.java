package io.wishbone.control;

import org.jspecify.annotations.Nullable;

/// Open a session for this offer. Answered with [SessionOpened] or [Refused].
///
/// @param offer the SDP offer as received; signalling has parsed it once, so it is well-formed
/// @param replaces the publisher that this one takes the stream over from. It is ended with
///   [CloseReason#REPLACED] at the moment the new one is accepted, and goes on when that is
///   refused; it does no harm when it is unknown
public record OpenSession(
    SessionId sessionId,
    StreamName stream,
    SessionRole role,
    String offer,
    @Nullable SessionId replaces)
    implements Command {

  /// A session that takes nobody's place.
  public OpenSession(SessionId sessionId, StreamName stream, SessionRole role, String offer) {
    this(sessionId, stream, role, offer, null);
  }
}
