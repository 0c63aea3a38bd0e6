package io.wishbone.control;

/// Which way a session's media flows.
public enum SessionRole {
  /// Sends to us: WHIP.
  PUBLISHER,
  /// Receives from us: WHEP.
  SUBSCRIBER
}
