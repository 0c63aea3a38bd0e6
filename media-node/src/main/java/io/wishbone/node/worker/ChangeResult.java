package io.wishbone.node.worker;

/// What became of something that was asked of a session.
public sealed interface ChangeResult {

  /// It was done, or begun.
  record Done() implements ChangeResult {}

  /// Nothing has changed.
  ///
  /// @param detail a sentence for the person who runs the client
  record Refused(RefusalReason reason, String detail) implements ChangeResult {}
}
