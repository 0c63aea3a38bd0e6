package io.wishbone.store;

/// Where a session is in its life.
public enum SessionState {
  /// Sent to its node, which has not answered yet.
  OPENING,
  /// Answered; its client may change it and end it.
  OPEN,
  /// A tombstone, kept for a while because clients close DTLS first and send DELETE second.
  ENDED
}
