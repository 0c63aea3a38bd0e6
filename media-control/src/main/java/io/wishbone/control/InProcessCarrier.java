package io.wishbone.control;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/// Joins signalling and media nodes that live in one process: commands and events are delivered as
/// they are, on the calling thread. Safe for use by many threads.
public final class InProcessCarrier implements MediaNodes, NodeEvents, EventPublisher {

  /// Well under the 8 seconds after which OBS gives up its POST.
  public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(4);

  private final Map<NodeId, CommandHandler> handlers = new ConcurrentHashMap<>();
  private final List<Consumer<NodeEvent>> watchers = new CopyOnWriteArrayList<>();
  private final Duration deadline;

  public InProcessCarrier() {
    this(DEFAULT_DEADLINE);
  }

  /// @param deadline how long to wait for a reply
  public InProcessCarrier(Duration deadline) {
    this.deadline = deadline;
  }

  /// Makes a node reachable; a second registration under the same id replaces the first.
  public void register(NodeId node, CommandHandler handler) {
    handlers.put(node, handler);
  }

  public void unregister(NodeId node) {
    handlers.remove(node);
  }

  @Override
  public CompletionStage<Reply> send(NodeId node, Command command) {
    CommandHandler handler = handlers.get(node);
    if (handler == null) {
      return CompletableFuture.failedFuture(new NodeUnreachableException(node, "is not there"));
    }
    var reply = new CompletableFuture<Reply>();
    try {
      handler.handle(command, reply::complete);
    } catch (RuntimeException failure) {
      reply.completeExceptionally(failure);
    }
    return reply
        .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(explain(node, failure)));
  }

  private Throwable explain(NodeId node, Throwable failure) {
    return failure instanceof TimeoutException
        ? new NodeUnreachableException(node, "did not reply within " + deadline.toMillis() + " ms")
        : failure;
  }

  /// Nothing here is told again: what this process cannot handle, it could not do later either.
  @Override
  public void subscribe(Function<NodeEvent, CompletionStage<?>> handler) {
    watchers.add(event -> {
      var _ = handler.apply(event);
    });
  }

  @Override
  public void watch(Consumer<NodeEvent> watcher) {
    watchers.add(watcher);
  }

  @Override
  public void publish(NodeEvent event) {
    for (Consumer<NodeEvent> watcher : watchers) {
      watcher.accept(event);
    }
  }
}
