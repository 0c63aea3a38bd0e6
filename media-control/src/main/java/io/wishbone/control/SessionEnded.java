package io.wishbone.control;

/// A session of the node ended, for whatever reason, commands included.
///
/// @param detail one sentence for the log, possibly empty
public record SessionEnded(
    SessionId sessionId, StreamName stream, SessionRole role, CloseReason reason, String detail)
    implements NodeEvent {}
