package io.wishbone.control;

import org.jspecify.annotations.Nullable;

/// A session of the node ended, for whatever reason, commands included.
///
/// @param detail one sentence for the log, possibly empty
/// @param verdict what was wrong with it at its end; null when nobody looked
public record SessionEnded(
    SessionId sessionId,
    StreamName stream,
    SessionRole role,
    CloseReason reason,
    String detail,
    @Nullable Verdict verdict)
    implements NodeEvent {

  /// Of a session that nobody looked at.
  public SessionEnded(
      SessionId sessionId, StreamName stream, SessionRole role, CloseReason reason, String detail) {
    this(sessionId, stream, role, reason, detail, null);
  }
}
