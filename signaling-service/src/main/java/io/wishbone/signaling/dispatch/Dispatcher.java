package io.wishbone.signaling.dispatch;

import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.Command;
import io.wishbone.control.MediaNodes;
import io.wishbone.control.NodeId;
import io.wishbone.control.NodeUnreachableException;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionId;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.signaling.metrics.SignalingMetrics;
import io.wishbone.signaling.tracing.Traces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/// Sends commands to media nodes and waits for their replies, but for no node that has fallen
/// silent while others speak: it is dead, or cut off.
@Singleton
public final class Dispatcher {

  private static final Logger LOG = Logger.getLogger(Dispatcher.class);
  private static final int RETRY_AFTER_SECONDS = 2;

  /// How often somebody who waits looks whether it is in vain.
  private static final Duration STEP = Duration.ofMillis(100);

  private final MediaNodes nodes;
  private final Predicate<NodeId> isSilent;
  private final SignalingMetrics metrics;
  private final Traces traces;

  @Inject
  Dispatcher(MediaNodes nodes, LostNodes lostNodes, SignalingMetrics metrics, Traces traces) {
    this(nodes, lostNodes::isSilent, metrics, traces);
  }

  Dispatcher(
      MediaNodes nodes, Predicate<NodeId> isSilent, SignalingMetrics metrics, Traces traces) {
    this.traces = traces;
    this.nodes = nodes;
    this.isSilent = isSilent;
    this.metrics = metrics;
  }

  /// Whether no reply is to be expected of the node: others may be asked instead.
  public boolean isSilent(NodeId node) {
    return isSilent.test(node);
  }

  /// Waits for the reply, on the thread of a request. The carrier sets the deadline; it ends early
  /// when the node falls silent. One that is silent already is sent nothing but the end of a
  /// session: if it was only cut off, that is what it has to hear when it is back.
  ///
  /// @throws ProblemException 503 when the node does not reply
  public Reply send(NodeId node, Command command) {
    return traces.command(node, command, () -> await(node, command));
  }

  private Reply await(NodeId node, Command command) {
    long start = System.nanoTime();
    try {
      Reply reply = await(node, sent(node, command));
      metrics.dispatched(command, start, reply);
      return reply;
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      metrics.failed(command, start, cause);
      throw explain(cause);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw ProblemException.unavailable("the server is stopping", RETRY_AFTER_SECONDS);
    }
  }

  private CompletableFuture<Reply> sent(NodeId node, Command command) {
    return isSilent.test(node) && !(command instanceof CloseSession)
        ? CompletableFuture.failedFuture(silent(node))
        : nodes.send(node, command).toCompletableFuture();
  }

  private Reply await(NodeId node, CompletableFuture<Reply> reply)
      throws ExecutionException, InterruptedException {
    while (true) {
      try {
        return reply.get(STEP.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        if (isSilent.test(node)) {
          throw new ExecutionException(silent(node));
        }
      }
    }
  }

  private static NodeUnreachableException silent(NodeId node) {
    return new NodeUnreachableException(node, "is not heard of any more");
  }

  /// Sends a command whose reply nobody has to wait for.
  public CompletionStage<Reply> ask(NodeId node, Command command) {
    long start = System.nanoTime();
    return nodes
        .send(node, command)
        .whenComplete((reply, failure) -> {
          if (failure == null) {
            metrics.dispatched(command, start, reply);
          } else {
            metrics.failed(command, start, failure);
          }
        });
  }

  /// Ends a session without anybody waiting for it, such as one whose node did not reply in time.
  ///
  /// @return complete when the node has confirmed that, or did not do so in time
  public CompletionStage<Void> abandon(NodeId node, SessionId session, CloseReason reason) {
    return nodes
        .send(node, new CloseSession(session, reason))
        .handle((_, failure) -> {
          if (failure != null) {
            LOG.debugf("Node %s did not confirm that a session is closed", node);
          }
          return null;
        });
  }

  private static ProblemException explain(Throwable failure) {
    if (failure instanceof NodeUnreachableException) {
      LOG.warnf("%s", failure.getMessage());
      return ProblemException.unavailable("the media node does not reply", RETRY_AFTER_SECONDS);
    }
    LOG.error("The carrier to the media nodes failed", failure);
    return ProblemException.unavailable("media nodes cannot be reached", RETRY_AFTER_SECONDS);
  }
}
