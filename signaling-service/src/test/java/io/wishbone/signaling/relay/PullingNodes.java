package io.wishbone.signaling.relay;

import io.wishbone.control.Command;
import io.wishbone.control.MediaNodes;
import io.wishbone.control.NodeId;
import io.wishbone.control.NodeUnreachableException;
import io.wishbone.control.PullStream;
import io.wishbone.control.Refusal;
import io.wishbone.control.Refused;
import io.wishbone.control.Reply;
import io.wishbone.control.StreamPulled;
import io.wishbone.control.TraceParent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;

/// The far end of the carrier: nodes that do as they are told, as far as they are able to.
final class PullingNodes implements MediaNodes {

  /// What a node was told, as `node<parent`.
  final List<String> told = new CopyOnWriteArrayList<>();

  final List<PullStream> commands = new CopyOnWriteArrayList<>();

  /// What each command came as part of.
  final List<Optional<TraceParent>> traces = new CopyOnWriteArrayList<>();

  private volatile BiPredicate<NodeId, NodeId> isAble = (_, _) -> true;
  private volatile boolean reachable = true;

  /// @param able whether a node can have a stream from another one
  void can(BiPredicate<NodeId, NodeId> able) {
    isAble = able;
  }

  void reachable(boolean now) {
    reachable = now;
  }

  @Override
  public CompletionStage<Reply> send(NodeId node, Command command) {
    var pull = (PullStream) command;
    commands.add(pull);
    traces.add(Optional.ofNullable(TraceParent.current()));
    told.add(node + "<" + pull.from());
    if (!reachable) {
      return CompletableFuture.failedFuture(new NodeUnreachableException(node, "is not there"));
    }
    return CompletableFuture.completedFuture(
        isAble.test(node, pull.from())
            ? new StreamPulled(pull.sessionId())
            : new Refused(pull.sessionId(), Refusal.STREAM_ABSENT, "it is not there"));
  }
}
