package io.wishbone.node.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.wishbone.control.CommandHandler;
import io.wishbone.control.MediaNodes;
import io.wishbone.node.io.MediaLoops;
import io.wishbone.node.worker.WorkerListener;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Records what becomes of sessions on this node. Without a receiver that is configured it leaves
/// everything as it is.
@Singleton
public final class NodeTraces {
  private final @Nullable SessionSpans spans;

  @Inject
  NodeTraces(
      Instance<OpenTelemetry> telemetry,
      MediaLoops loops,
      @ConfigProperty(name = "wishbone.trace.endpoint") Optional<String> endpoint) {
    this(
        endpoint.isPresent() && telemetry.isResolvable()
            ? telemetry.get().getTracer("io.wishbone.node")
            : null,
        loops);
  }

  NodeTraces(@Nullable Tracer tracer, MediaLoops loops) {
    spans = tracer == null ? null : new SessionSpans(tracer, loops.clock());
  }

  /// Where nothing is recorded.
  public static NodeTraces none() {
    return new NodeTraces();
  }

  private NodeTraces() {
    spans = null;
  }

  /// Records what is asked of other nodes.
  public MediaNodes follow(MediaNodes nodes) {
    return spans == null ? nodes : new TracedNodes(nodes, spans);
  }

  /// Records commands, and which sessions they open.
  public CommandHandler follow(CommandHandler handler) {
    return spans == null ? handler : new TracedCommands(handler, spans);
  }

  /// Records what a worker tells its listener.
  public WorkerListener follow(WorkerListener listener) {
    return spans == null ? listener : new TracedWorker(listener, spans);
  }
}
