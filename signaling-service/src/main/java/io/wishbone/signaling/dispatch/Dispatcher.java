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
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;

/// Sends commands to media nodes and waits for their replies.
@Singleton
public final class Dispatcher {

  private static final Logger LOG = Logger.getLogger(Dispatcher.class);
  private static final int RETRY_AFTER_SECONDS = 2;

  private final MediaNodes nodes;
  private final SignalingMetrics metrics;
  private final Traces traces;

  Dispatcher(MediaNodes nodes, SignalingMetrics metrics, Traces traces) {
    this.traces = traces;
    this.nodes = nodes;
    this.metrics = metrics;
  }

  /// Waits for the reply, on the thread of a request. The carrier sets the deadline.
  ///
  /// @throws ProblemException 503 when the node does not reply
  public Reply send(NodeId node, Command command) {
    return traces.command(node, command, () -> await(node, command));
  }

  private Reply await(NodeId node, Command command) {
    long start = System.nanoTime();
    try {
      Reply reply = nodes.send(node, command).toCompletableFuture().get();
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
