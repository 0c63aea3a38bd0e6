package io.wishbone.node.worker;

/// What became of a [RelayCall].
public sealed interface RelayReply {

  /// The parent waits for our checks.
  ///
  /// @param sdp its answer
  record Answered(String sdp) implements RelayReply {}

  /// There will be no relay.
  ///
  /// @param detail a sentence for whoever runs the nodes
  record Refused(RefusalReason reason, String detail) implements RelayReply {}
}
