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
  ENDED,
  /// Something that this version has no word for, put there by a newer one: left to processes of
  /// that version, but for its end. Never stored.
  UNKNOWN
}
