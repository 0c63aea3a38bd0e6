package io.wishbone.control;

import java.util.concurrent.CompletionStage;

/// How signalling reaches media nodes.
public interface MediaNodes {

  /// Sends a command and returns the node's reply. The stage always completes: with
  /// [NodeUnreachableException] when there is no such node, or when its reply did not come within
  /// the carrier's deadline.
  ///
  /// After a missed deadline the node may still have acted. Whoever opened a session then sends
  /// [CloseSession].
  CompletionStage<Reply> send(NodeId node, Command command);
}
