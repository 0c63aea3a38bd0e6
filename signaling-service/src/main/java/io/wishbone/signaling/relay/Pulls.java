package io.wishbone.signaling.relay;

import io.wishbone.control.MediaNodes;
import io.wishbone.control.NodeId;
import io.wishbone.control.PullStream;
import io.wishbone.control.Refused;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionId;
import io.wishbone.control.StreamName;
import io.wishbone.control.StreamPulled;
import io.wishbone.control.TraceParent;
import io.wishbone.signaling.events.StreamStatuses;
import io.wishbone.signaling.tracing.Traces;
import io.wishbone.store.Edge;
import io.wishbone.store.NodeRecord;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Tells nodes to have a stream from their parents. Parents are told first. Nobody waits for it: a
/// node that cannot be told, or refuses, is told again a few times, then gets another parent, and
/// after that is told whenever it reports that it has viewers and no stream.
///
/// Threads: a virtual one for each node that is being told; only so many of them at a time.
@Singleton
final class Pulls {

  /// Nodes that are being told at the same time, by one process.
  static final int CONCURRENCY = 32;

  private static final Logger LOG = Logger.getLogger(Pulls.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final int TRIES = 3;

  private final Trees trees;
  private final StreamStatuses statuses;
  private final MediaNodes nodes;
  private final Traces traces;
  private final Duration firstPause;
  private final Semaphore places = new Semaphore(CONCURRENCY);
  private final SecureRandom random = new SecureRandom();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("pulls-", 0).factory());

  @Inject
  Pulls(Trees trees, StreamStatuses statuses, MediaNodes nodes, Traces traces) {
    this(trees, statuses, nodes, traces, FIRST_PAUSE);
  }

  /// @param firstPause after the first failure; twice as long after the second
  Pulls(
      Trees trees, StreamStatuses statuses, MediaNodes nodes, Traces traces, Duration firstPause) {
    this.traces = traces;
    this.trees = trees;
    this.statuses = statuses;
    this.nodes = nodes;
    this.firstPause = firstPause;
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }

  /// Tells these nodes, all of which are attached to the tree.
  void pull(StreamName stream, List<Edge> told, RelayTree tree) {
    if (!told.isEmpty() && !threads.isShutdown()) {
      // What somebody's request has led to is part of that one's trace.
      TraceParent trace = TraceParent.current();
      var _ = threads.submit(() -> TraceParent.run(trace, () -> pullByLevel(stream, told, tree)));
    }
  }

  /// Tells the nodes that a change has given another parent.
  void pullMoved(StreamName stream, Trees.Changed changed) {
    RelayTree after = changed.after();
    pull(
        stream,
        after.attached().stream().filter(edge -> changed.moves(edge.node())).toList(),
        after);
  }

  private void pullByLevel(StreamName stream, List<Edge> told, RelayTree tree) {
    Map<Integer, List<Edge>> levels =
        told.stream()
            .collect(
                Collectors.groupingBy(
                    edge -> tree.depth(edge.node()), TreeMap::new, Collectors.toList()));
    TraceParent trace = TraceParent.current();
    for (List<Edge> level : levels.values()) {
      List<? extends Future<?>> all =
          level.stream()
              .map(edge -> threads.submit(() -> TraceParent.run(trace, () -> pull(stream, edge))))
              .toList();
      for (Future<?> each : all) {
        join(each);
      }
    }
  }

  private static void join(Future<?> task) {
    try {
      task.get();
    } catch (ExecutionException failure) {
      LOG.errorf(failure.getCause(), "A node was not told to pull a stream");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void pull(StreamName stream, Edge edge) {
    if (!isPulled(stream, edge)) {
      Edge other = elsewhere(stream, edge);
      if (other != null && !isPulled(stream, other)) {
        LOG.warnf("Node %s does not get stream %s", edge.node(), stream);
      }
    }
  }

  /// Whether nothing is left to do: the node has the stream, or is not to have it from there.
  private boolean isPulled(StreamName stream, Edge edge) {
    var command = new PullStream(SessionId.generate(random), stream, edge.parent());
    Duration pause = firstPause;
    for (int tries = 0; tries < TRIES; tries++) {
      if (tries > 0) {
        if (!slept(pause) || !isWanted(stream, edge)) {
          return true;
        }
        pause = pause.multipliedBy(2);
      }
      if (isPulled(edge.node(), command)) {
        return true;
      }
    }
    return !isWanted(stream, edge);
  }

  private boolean isPulled(NodeId node, PullStream command) {
    try {
      places.acquire();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
    try {
      Reply reply =
          traces
              .commandLater(node, command, () -> nodes.send(node, command))
              .toCompletableFuture()
              .get();
      if (reply instanceof Refused refused) {
        LOG.debugf(
            "Node %s does not pull stream %s from node %s: %s",
            node, command.stream(), command.from(), refused.detail());
      }
      return reply instanceof StreamPulled;
    } catch (ExecutionException failure) {
      LOG.debugf("Node %s was not told to pull a stream: %s", node, failure.getMessage());
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    } finally {
      places.release();
    }
  }

  private boolean isWanted(StreamName stream, Edge edge) {
    Map<NodeId, NodeRecord> alive = trees.alive();
    NodeId origin = trees.origin(stream, alive);
    Edge now = origin == null ? null : trees.tree(stream, origin, alive).edge(edge.node());
    return now != null && now.parent().equals(edge.parent());
  }

  /// The same edge with another parent; null when there is none. The origin is no bad parent as
  /// long as its publisher is not connected.
  private @Nullable Edge elsewhere(StreamName stream, Edge failed) {
    Map<NodeId, NodeRecord> alive = trees.alive();
    NodeId origin = trees.origin(stream, alive);
    boolean isUndecided =
        failed.parent().equals(origin) && !statuses.find(stream).liveAt().contains(origin);
    if (origin == null || isUndecided) {
      return null;
    }
    Trees.Changed changed =
        trees.change(
            stream,
            origin,
            alive,
            (tree, choice) -> {
              Edge now = tree.edge(failed.node());
              NodeId parent =
                  now != null && now.parent().equals(failed.parent())
                      ? choice.choose(tree, failed.node(), Set.of(failed.parent()))
                      : null;
              return parent == null
                  ? tree
                  : tree.with(new Edge(failed.node(), parent, trees.now()));
            });
    return changed.moves(failed.node()) ? changed.after().edge(failed.node()) : null;
  }

  private static boolean slept(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
