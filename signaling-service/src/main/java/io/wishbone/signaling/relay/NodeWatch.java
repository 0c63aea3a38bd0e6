package io.wishbone.signaling.relay;

import io.quarkus.runtime.StartupEvent;
import io.wishbone.control.NodeId;
import io.wishbone.signaling.events.OpenFeeds;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Notices that nodes drain, and that nodes are gone. Of the latter nobody says so, they are only
/// not to be found any more. A node that is missing twice in a row is gone; one whose report was a
/// little late is not. When no node is to be found at all, it is this process that does not see
/// them, for want of a broker or a store: then nothing is concluded, and for some seconds after it
/// sees the first one again.
///
/// Thread: a virtual one of its own.
@Singleton
final class NodeWatch {

  private static final Logger LOG = Logger.getLogger(NodeWatch.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /// Looks in which nodes come back one after the other.
  private static final int LOOKS_AFTER_BLINDNESS = 5;

  private final NodeStore nodes;
  private final List<Consumer<NodeId>> listeners;
  private final Consumer<NodeId> onDrain;
  private Set<NodeId> draining = Set.of();
  private Set<NodeId> known = Set.of();
  private Set<NodeId> missing = Set.of();
  private final Set<Untold> untold = new LinkedHashSet<>();
  private int looksToWait;
  private boolean failing;
  private @Nullable Thread thread;

  private record Untold(NodeId node, Consumer<NodeId> listener) {}

  @Inject
  NodeWatch(NodeStore nodes, Reparenting reparenting, OpenFeeds feeds) {
    this(nodes, List.of(reparenting::lost, feeds::lost), reparenting::drains);
  }

  /// @param listeners are told of each node that is gone
  /// @param onDrain is told of each node that begins to drain
  NodeWatch(NodeStore nodes, List<Consumer<NodeId>> listeners, Consumer<NodeId> onDrain) {
    this.nodes = nodes;
    this.onDrain = onDrain;
    this.listeners = List.copyOf(listeners);
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofVirtual().name("node-watch").start(this::run);
  }

  @PreDestroy
  void stop() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(BETWEEN_LOOKS);
        lookOrComplain();
      }
    } catch (InterruptedException _) {
      LOG.debug("Nodes are not watched any more");
    }
  }

  private void lookOrComplain() {
    try {
      look();
      failing = false;
    } catch (RuntimeException | Error failure) {
      if (!failing) {
        LOG.warnf("The nodes cannot be looked at now: %s", failure);
      }
      failing = true;
      looksToWait = LOOKS_AFTER_BLINDNESS;
    }
  }

  /// To be called again and again.
  void look() {
    List<NodeRecord> all = nodes.all();
    Set<NodeId> alive = all.stream().map(NodeRecord::node).collect(Collectors.toSet());
    if (alive.isEmpty()) {
      looksToWait = LOOKS_AFTER_BLINDNESS;
    } else if (looksToWait > 0) {
      looksToWait--;
    } else {
      conclude(alive);
    }
    lookForDrains(all);
    untold.removeIf(this::tell);
  }

  private void lookForDrains(List<NodeRecord> all) {
    Set<NodeId> now =
        all.stream()
            .filter(NodeRecord::draining)
            .map(NodeRecord::node)
            .collect(Collectors.toCollection(HashSet::new));
    without(now, draining).forEach(node -> untold.add(new Untold(node, onDrain)));
    // Those that are missing stay as they were, until they are gone.
    now.addAll(intersection(draining, missing));
    draining = now;
  }

  private void conclude(Set<NodeId> alive) {
    Set<NodeId> gone = without(missing, alive);
    Set<NodeId> absent = without(known, alive);
    absent.removeAll(gone);
    known = new HashSet<>(alive);
    known.addAll(absent);
    missing = absent;
    for (NodeId node : gone) {
      if (draining.contains(node)) {
        LOG.infof("Node %s is gone, as it said", node);
      } else {
        LOG.warnf("Node %s is gone", node);
      }
      listeners.forEach(listener -> untold.add(new Untold(node, listener)));
    }
  }

  /// One listener that fails, such as for want of a store, is told again at the next look, and does
  /// not keep the others from being told.
  private boolean tell(Untold each) {
    try {
      each.listener().accept(each.node());
      return true;
    } catch (RuntimeException | Error failure) {
      LOG.warnf("Not all could be done about node %s yet: %s", each.node(), failure);
      return false;
    }
  }

  private static Set<NodeId> intersection(Set<NodeId> one, Set<NodeId> other) {
    Set<NodeId> both = new HashSet<>(one);
    both.retainAll(other);
    return both;
  }

  private static Set<NodeId> without(Set<NodeId> nodes, Set<NodeId> removed) {
    Set<NodeId> rest = new HashSet<>(nodes);
    rest.removeAll(removed);
    return rest;
  }
}
