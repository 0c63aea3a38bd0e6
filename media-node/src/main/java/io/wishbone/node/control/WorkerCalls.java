package io.wishbone.node.control;

import io.wishbone.control.Refusal;
import io.wishbone.control.Refused;
import io.wishbone.control.Reply;
import io.wishbone.control.SelectLayer;
import io.wishbone.control.SessionId;
import io.wishbone.node.io.MediaLoop;
import io.wishbone.node.worker.LayerRequest;
import io.wishbone.node.worker.MediaWorker;
import io.wishbone.node.worker.RefusalReason;
import java.util.List;
import java.util.function.Consumer;

/// Hops to workers, and brings their replies back. Safe for use by many threads.
final class WorkerCalls {
  private static final System.Logger LOGGER = System.getLogger(WorkerCalls.class.getName());

  private volatile List<MediaLoop> loops = List.of();

  /// Work on a worker that ends in a reply.
  @FunctionalInterface
  interface Work {
    Reply run(MediaWorker worker, long nowNanos);
  }

  /// Work on a worker whose reply comes later, on the worker's thread.
  @FunctionalInterface
  interface LaterWork {
    void run(MediaWorker worker, long nowNanos, Consumer<Reply> reply);
  }

  /// From now on, work is done on these loops, one a worker.
  void start(List<MediaLoop> running) {
    loops = List.copyOf(running);
  }

  boolean isRunning() {
    return !loops.isEmpty();
  }

  /// False: the worker takes no more work, which the reply says.
  boolean call(int worker, SessionId id, Consumer<Reply> reply, Work work) {
    return callLater(
        worker, id, reply, (media, now, answer) -> answer.accept(work.run(media, now)));
  }

  /// The same, for work whose reply comes later.
  boolean callLater(int worker, SessionId id, Consumer<Reply> reply, LaterWork work) {
    boolean taken = run(worker, (media, now) -> guard(id, media, now, reply, work));
    if (!taken) {
      reply.accept(new Refused(id, Refusal.NODE_DRAINING, "the node is stopping"));
    }
    return taken;
  }

  /// Does something on a worker that has no reply. False: the worker takes no more work.
  boolean run(int worker, MediaLoop.Turn turn) {
    try {
      loops.get(worker).execute(turn);
      return true;
    } catch (RuntimeException rejected) {
      LOGGER.log(System.Logger.Level.WARNING, "A worker takes no more commands", rejected);
      return false;
    }
  }

  /// A fault of ours costs the command, not the worker.
  static void guard(
      SessionId id, MediaWorker media, long nowNanos, Consumer<Reply> reply, LaterWork work) {
    try {
      work.run(media, nowNanos, reply);
    } catch (RuntimeException fault) {
      LOGGER.log(System.Logger.Level.ERROR, "A command failed", fault);
      reply.accept(new Refused(id, Refusal.INTERNAL, "the node failed to carry out the command"));
    }
  }

  static LayerRequest translate(SelectLayer command) {
    return new LayerRequest(
        command.rid(),
        command.maxWidth(),
        command.maxHeight(),
        command.spatialLayer(),
        command.temporalLayer(),
        command.maxSpatialLayer(),
        command.maxTemporalLayer());
  }

  static Refusal translate(RefusalReason reason) {
    return switch (reason) {
      case MALFORMED_OFFER -> Refusal.MALFORMED_OFFER;
      case UNSUPPORTED_OFFER -> Refusal.UNSUPPORTED_OFFER;
      case CODEC_MISMATCH -> Refusal.CODEC_MISMATCH;
      case LAYER_UNKNOWN -> Refusal.LAYER_UNKNOWN;
      case STREAM_ABSENT -> Refusal.STREAM_ABSENT;
      case STREAM_TAKEN -> Refusal.STREAM_TAKEN;
      case STREAM_FULL -> Refusal.STREAM_FULL;
      case SESSION_UNKNOWN -> Refusal.SESSION_UNKNOWN;
      case FULL -> Refusal.NODE_FULL;
      case INTERNAL -> Refusal.INTERNAL;
    };
  }

  static RefusalReason translate(Refusal refusal) {
    return switch (refusal) {
      case MALFORMED_OFFER -> RefusalReason.MALFORMED_OFFER;
      case UNSUPPORTED_OFFER -> RefusalReason.UNSUPPORTED_OFFER;
      case CODEC_MISMATCH -> RefusalReason.CODEC_MISMATCH;
      case LAYER_UNKNOWN -> RefusalReason.LAYER_UNKNOWN;
      case STREAM_ABSENT -> RefusalReason.STREAM_ABSENT;
      case STREAM_TAKEN -> RefusalReason.STREAM_TAKEN;
      case STREAM_FULL -> RefusalReason.STREAM_FULL;
      case SESSION_UNKNOWN -> RefusalReason.SESSION_UNKNOWN;
      case NODE_FULL, NODE_DRAINING -> RefusalReason.FULL;
      case INTERNAL -> RefusalReason.INTERNAL;
    };
  }
}
