package io.wishbone.node.worker;

/// What became of an [OpenRequest].
public sealed interface OpenResult {

  /// The session is there and waits for the peer's checks.
  ///
  /// @param answer the SDP answer
  record Opened(String answer) implements OpenResult {}

  /// The offer cannot be answered, but this one can, for a while.
  ///
  /// @param offer the SDP offer
  record CounterOffered(String offer) implements OpenResult {}

  /// Nothing has changed.
  ///
  /// @param detail a sentence for the person who runs the client
  record Refused(RefusalReason reason, String detail) implements OpenResult {}
}
