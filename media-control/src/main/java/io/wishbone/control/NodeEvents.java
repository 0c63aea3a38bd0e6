package io.wishbone.control;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/// How signalling hears of what media nodes report. Both kinds of listeners are called with each
/// event from now on, in the order in which one node published them, on a thread of the carrier or
/// of the node: they must not block.
public interface NodeEvents {

  /// For what is to be done once: of the processes of signalling, one is told of each event. It is
  /// told again, or another one is, until somebody has handled it.
  ///
  /// @param handler returns what completes when the event is handled; exceptionally when it cannot
  ///   be handled now, and is to be told again
  void subscribe(Function<NodeEvent, CompletionStage<?>> handler);

  /// For what every process has to know: each is told of each event, but of none while it is not
  /// there, or cannot be reached.
  void watch(Consumer<NodeEvent> watcher);
}
