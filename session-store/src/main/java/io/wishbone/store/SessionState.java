package io.wishbone.store;

/// Where a session is in its life.
public enum SessionState {
  /// Sent to its node, which has not answered yet.
  OPENING,
  /// The node could not answer, and has offered instead: the client's answer is waited for.
  PENDING,
  /// Answered; its client may change it and end it.
  OPEN,
  /// A tombstone, kept for a while because clients close DTLS first and send DELETE second.
  ENDED
}
