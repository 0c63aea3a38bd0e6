package io.wishbone.control;

import java.util.function.Consumer;

/// The node's end of a carrier.
public interface CommandHandler {

  /// Takes a command on a thread of the caller and returns at once; the work is done on a thread of
  /// the node's own.
  ///
  /// @param reply called exactly once, on any thread
  void handle(Command command, Consumer<Reply> reply);
}
