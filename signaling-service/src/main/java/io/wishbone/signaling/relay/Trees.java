package io.wishbone.signaling.relay;

import io.wishbone.control.NodeId;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.store.EdgeStore;
import io.wishbone.store.EdgesRecord;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import io.wishbone.store.StreamRecord;
import io.wishbone.store.StreamStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The trees of all streams, as they are stored. A change is a pure function of the tree, tried
/// again when somebody else has changed the tree meanwhile.
@Singleton
final class Trees {

  /// Each time somebody else has got on. This ends only what nobody could explain.
  private static final int MOST_TRIES = 10_000;

  /// Nodes are looked at no more often than that for reports, of which there are thousands a second
  /// in a large cluster.
  private static final Duration LATELY = Duration.ofMillis(250);

  private final EdgeStore edges;
  private final StreamStore streams;
  private final NodeStore nodes;
  private final int maxEdges;
  private final RegionLinks links;
  private final InstantSource clock;
  private final Duration lately;
  private volatile @Nullable Snapshot snapshot;

  @Inject
  Trees(EdgeStore edges, StreamStore streams, NodeStore nodes, SignalingConfig config) {
    this(
        edges,
        streams,
        nodes,
        config.relay().maxEdges(),
        config.relay().betweenRegions(),
        InstantSource.system(),
        LATELY);
  }

  Trees(
      EdgeStore edges,
      StreamStore streams,
      NodeStore nodes,
      int maxEdges,
      RegionLinks links,
      InstantSource clock,
      Duration lately) {
    if (maxEdges < 1) {
      throw new IllegalArgumentException("wishbone.relay.max-edges is less than 1");
    }
    this.edges = edges;
    this.streams = streams;
    this.nodes = nodes;
    this.maxEdges = maxEdges;
    this.links = links;
    this.clock = clock;
    this.lately = lately;
  }

  private record Snapshot(Map<NodeId, NodeRecord> alive, Instant takenAt) {}

  /// What a change has led to.
  record Changed(RelayTree before, RelayTree after) {

    /// Whether the node is to have the stream from another node than before.
    boolean moves(NodeId node) {
      var now = after.edge(node);
      var then = before.edge(node);
      return now != null && (then == null || !then.parent().equals(now.parent()));
    }
  }

  /// As exact as every store keeps it.
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  Map<NodeId, NodeRecord> alive() {
    return nodes.all().stream()
        .collect(Collectors.toMap(NodeRecord::node, node -> node, (one, _) -> one));
  }

  /// The nodes that were alive a moment ago.
  Map<NodeId, NodeRecord> aliveLately() {
    Instant now = clock.instant();
    Snapshot last = snapshot;
    if (last != null && now.isBefore(last.takenAt().plus(lately))) {
      return last.alive();
    }
    Map<NodeId, NodeRecord> alive = alive();
    snapshot = new Snapshot(alive, now);
    return alive;
  }

  /// The node that the stream is published to; null when nobody publishes it, or that node is gone.
  @Nullable NodeId origin(StreamName stream, Map<NodeId, NodeRecord> alive) {
    StreamRecord published = streams.find(stream);
    return published == null || !alive.containsKey(published.node()) ? null : published.node();
  }

  ParentChoice choice(Map<NodeId, NodeRecord> alive) {
    return new ParentChoice(alive, maxEdges, links);
  }

  /// Changes the tree of a stream, unless `step` returns it as it was.
  Changed change(
      StreamName stream,
      @Nullable NodeId origin,
      Map<NodeId, NodeRecord> alive,
      BiFunction<RelayTree, ParentChoice, RelayTree> step) {
    ParentChoice choice = choice(alive);
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      EdgesRecord current = edges.find(stream);
      RelayTree before = tree(origin, current, alive);
      RelayTree after = step.apply(before, choice);
      if (after.equals(before)
          || edges.replace(current, after.record(stream, ThreadLocalRandom.current().nextLong()))) {
        return new Changed(before, after);
      }
    }
    throw new IllegalStateException("the edges of stream " + stream + " cannot be changed");
  }

  RelayTree tree(StreamName stream, @Nullable NodeId origin, Map<NodeId, NodeRecord> alive) {
    return tree(origin, edges.find(stream), alive);
  }

  private RelayTree tree(
      @Nullable NodeId origin, EdgesRecord stored, Map<NodeId, NodeRecord> alive) {
    return RelayTree.of(origin, stored, now().minus(EdgeStore.EDGE_LIFESPAN), alive::containsKey);
  }
}
