package io.wishbone.control;

import java.util.function.Consumer;

/// How signalling hears of what media nodes report.
public interface NodeEvents {

  /// Calls `listener` with each event from now on, in the order in which one node published them.
  /// The call comes on a thread of the carrier or of the node: it must not block.
  void subscribe(Consumer<NodeEvent> listener);
}
