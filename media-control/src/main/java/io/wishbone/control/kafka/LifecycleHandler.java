package io.wishbone.control.kafka;

import java.util.concurrent.CompletionStage;

/// Takes what was told of streams and sessions, as a cluster reads it back: each event in one pod,
/// and in another one when that pod ends before it was handled.
///
/// Thread: one of the carrier's; nobody may block.
public interface LifecycleHandler {

  /// @param lane everything that is told of one stream comes on one lane, in order
  /// @param event as [KafkaPod#tellOthers] was given it
  /// @return complete when it is handled; exceptionally when it has to come again, with all behind
  ///   it on its lane
  CompletionStage<?> take(int lane, byte[] event);

  /// Another pod takes the lane from now on, and begins with what is not handled.
  void leave(int lane);
}
