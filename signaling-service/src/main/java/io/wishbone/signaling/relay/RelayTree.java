package io.wishbone.signaling.relay;

import io.wishbone.control.NodeId;
import io.wishbone.control.StreamName;
import io.wishbone.store.Edge;
import io.wishbone.store.EdgesRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The nodes that carry a stream, and which has it from which. Immutable, and without loops: it
/// refuses an edge that would make one, whatever the origin is.
///
/// An edge is attached when the way from parent to parent ends at the origin. Others have lost
/// their parent, or there is no origin.
///
/// @param origin the node that the publisher sends to; null when there is no publisher
public record RelayTree(@Nullable NodeId origin, Map<NodeId, Edge> edges) {

  public RelayTree {
    edges = Collections.unmodifiableMap(new LinkedHashMap<>(edges));
  }

  /// What is stored, without edges that were not heard of since `oldest` or do not pass `isThere`,
  /// and without one at the origin, which needs none.
  public static RelayTree of(
      @Nullable NodeId origin, EdgesRecord stored, Instant oldest, Predicate<NodeId> isThere) {
    var kept = new LinkedHashMap<NodeId, Edge>();
    for (Edge edge : stored.edges()) {
      if (!edge.node().equals(origin)
          && !edge.seenAt().isBefore(oldest)
          && isThere.test(edge.node())) {
        kept.put(edge.node(), edge);
      }
    }
    return new RelayTree(origin, kept).withoutLoops();
  }

  /// What is stored has none. If it had one after all, it would go on as waiting edges do.
  private RelayTree withoutLoops() {
    RelayTree tree = this;
    for (Edge edge : edges.values()) {
      if (tree.isBelow(edge.parent(), edge.node())) {
        tree = tree.without(edge.node());
      }
    }
    return tree;
  }

  @Nullable Edge edge(NodeId node) {
    return edges.get(node);
  }

  /// Whether the node is to have the stream: it is the origin, or an edge that is attached.
  public boolean carries(NodeId node) {
    return above(node).getLast().equals(origin);
  }

  /// How many nodes are between the publisher and this one. Only of one that carries the stream.
  int depth(NodeId node) {
    return above(node).size() - 1;
  }

  int children(NodeId parent) {
    return (int) edges.values().stream().filter(edge -> edge.parent().equals(parent)).count();
  }

  /// Whether a node is another one, or has the stream from it, however many are in between.
  boolean isBelow(NodeId node, NodeId ancestor) {
    return above(node).contains(ancestor);
  }

  /// Edges that have the stream, or are about to.
  List<Edge> attached() {
    return edges.values().stream().filter(edge -> carries(edge.node())).toList();
  }

  /// Edges whose parent is neither the origin nor an edge.
  List<Edge> orphans() {
    return edges.values().stream()
        .filter(edge -> !edge.parent().equals(origin) && !edges.containsKey(edge.parent()))
        .toList();
  }

  /// @throws IllegalArgumentException when that would make a loop, or it is at the origin
  RelayTree with(Edge edge) {
    if (edge.node().equals(origin) || isBelow(edge.parent(), edge.node())) {
      throw new IllegalArgumentException(edge + " would make a loop");
    }
    var next = new LinkedHashMap<>(edges);
    next.put(edge.node(), edge);
    return new RelayTree(origin, next);
  }

  RelayTree without(NodeId node) {
    var next = new LinkedHashMap<>(edges);
    next.remove(node);
    return new RelayTree(origin, next);
  }

  /// As it is stored.
  ///
  /// @param write random, as [EdgesRecord] says
  EdgesRecord record(StreamName stream, long write) {
    return new EdgesRecord(stream, List.copyOf(edges.values()), write);
  }

  /// The nodes of the tree other than the origin.
  public Set<NodeId> nodes() {
    return edges.keySet();
  }

  /// The node itself, its parent, that one's parent and so on.
  private List<NodeId> above(NodeId node) {
    List<NodeId> way = new ArrayList<>();
    way.add(node);
    Edge edge = edges.get(node);
    while (edge != null && way.size() <= edges.size()) {
      way.add(edge.parent());
      edge = edges.get(edge.parent());
    }
    return way;
  }
}
