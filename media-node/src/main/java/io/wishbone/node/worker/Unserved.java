package io.wishbone.node.worker;

import io.wishbone.node.session.RelaySession;
import io.wishbone.node.session.SubscriberSession;

/// Ends the sessions that what they were answered with does not fit any more: they have to ask
/// anew. Those that it still fits, and that would get more now, are told.
final class Unserved {
  private Unserved() {}

  /// The stream has another source, or has lost the one that it had.
  static void release(MediaWorker worker, StreamRoom room, long nowNanos) {
    for (WorkerSession viewer : room.viewers()) {
      release(worker, viewer, nowNanos);
    }
    for (WorkerSession edge : room.downstreams()) {
      release(worker, edge, nowNanos);
    }
  }

  /// The session may have got to its stream too late.
  static void release(MediaWorker worker, WorkerSession sink, long nowNanos) {
    if (sink.peer() instanceof SubscriberSession subscriber && !subscriber.isServed()) {
      worker.end(sink, EndReason.CODECS_CHANGED, "the stream has changed its codecs", nowNanos);
    } else if (sink.room().stream().hasSource() && sink.pollOutgrown()) {
      worker.outgrown(sink);
    } else if (sink.peer() instanceof RelaySession relay && !relay.isServed()) {
      worker.end(
          sink, EndReason.PUBLISHER_GONE, "the stream has another source, or none", nowNanos);
    }
  }
}
