package io.wishbone.control.kafka;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Takes what was told of streams and sessions, as a cluster reads it back: each event in one pod,
/// and in another one when that pod ends before it was handled.
///
/// Thread: one of the carrier's; nobody may block.
public interface LifecycleHandler {

  /// @param lane everything that is told of one stream comes on one lane, in order
  /// @param event as [KafkaPod#tellOthers] was given it, or whatever somebody else has written to
  ///   the topic; null where that is a record without a value
  /// @return complete when it is handled; exceptionally when it has to come again, with all behind
  ///   it on its lane
  CompletionStage<?> take(int lane, byte @Nullable [] event);

  /// Another pod takes the lane from now on, and begins with what is not handled.
  void leave(int lane);
}
