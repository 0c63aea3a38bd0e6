package io.wishbone.node.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.wishbone.control.Command;
import io.wishbone.control.MediaNodes;
import io.wishbone.control.NodeId;
import io.wishbone.control.Reply;
import io.wishbone.control.TraceParent;
import java.util.concurrent.CompletionStage;

/// Records what one node asks of another as part of a trace: to send a stream, for the sake of a
/// viewer.
record TracedNodes(MediaNodes nodes, SessionSpans spans) implements MediaNodes {

  @Override
  public CompletionStage<Reply> send(NodeId node, Command command) {
    TraceParent trace = TraceParent.current();
    if (trace == null) {
      return nodes.send(node, command);
    }
    Span span = spans.sending(node, command, trace);
    TraceParent own = SessionSpans.parent(span);
    CompletionStage<Reply> sent =
        own == null ? nodes.send(node, command) : own.call(() -> nodes.send(node, command));
    return sent.whenComplete((reply, failure) -> {
      if (failure == null) {
        spans.end(span, reply);
      } else {
        span.setAttribute("error.type", failure.getClass().getSimpleName());
        span.setStatus(StatusCode.ERROR);
        spans.end(span);
      }
    });
  }
}
