package io.wishbone.node.tracing;

import io.wishbone.control.Command;
import io.wishbone.control.CommandHandler;
import io.wishbone.control.OpenSession;
import io.wishbone.control.Reply;
import io.wishbone.control.TraceParent;
import java.util.function.Consumer;

/// Takes note of the trace that a session is opened within, before anything can happen to it.
record TracedCommands(CommandHandler handler, SessionSpans spans) implements CommandHandler {

  @Override
  public void handle(Command command, Consumer<Reply> reply) {
    TraceParent trace = TraceParent.current();
    if (trace == null || !(command instanceof OpenSession open)) {
      handler.handle(command, reply);
      return;
    }
    spans.begin(open, trace);
    handler.handle(
        command,
        answer -> {
          spans.answered(open.sessionId(), answer);
          reply.accept(answer);
        });
  }
}
