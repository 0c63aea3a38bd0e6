package io.wishbone.node.tracing;

import io.opentelemetry.api.trace.Span;
import io.wishbone.control.Command;
import io.wishbone.control.CommandHandler;
import io.wishbone.control.OpenSession;
import io.wishbone.control.Reply;
import io.wishbone.control.TraceParent;
import java.util.function.Consumer;

/// Records commands that come as part of a trace, each from its arrival to its reply. Takes note of
/// the trace that a session is opened within before anything can happen to it.
record TracedCommands(CommandHandler handler, SessionSpans spans) implements CommandHandler {

  @Override
  public void handle(Command command, Consumer<Reply> reply) {
    TraceParent trace = TraceParent.current();
    if (trace == null) {
      handler.handle(command, reply);
    } else if (command instanceof OpenSession open) {
      spans.begin(open, trace);
      TraceParent.run(
          spans.traceOf(open.sessionId().value()),
          () ->
              handler.handle(
                  command,
                  answer -> {
                    spans.answered(open.sessionId(), answer);
                    reply.accept(answer);
                  }));
    } else {
      Span span = spans.handling(command, trace);
      TraceParent.run(
          SessionSpans.parent(span),
          () ->
              handler.handle(
                  command,
                  answer -> {
                    spans.end(span, answer);
                    reply.accept(answer);
                  }));
    }
  }
}
