package io.wishbone.signaling.relay;

import io.wishbone.control.NodeId;
import io.wishbone.store.Edge;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Finds a new parent for every edge that has lost its own. What is below it stays there.
final class TreeRepair {

  private TreeRepair() {}

  /// @param waiting nodes that are to have the stream, whether they are edges or not
  static RelayTree repaired(
      RelayTree tree, ParentChoice choice, Collection<NodeId> waiting, Instant now) {
    RelayTree next = tree;
    for (NodeId orphan : tree.orphans().stream().map(Edge::node).toList()) {
      next = attached(next, choice, orphan, Set.of(), now);
    }
    List<NodeId> others = waiting.stream().filter(choice.alive()::containsKey).sorted().toList();
    for (NodeId node : others) {
      if (!next.carries(node)) {
        next = attached(next, choice, node, Set.of(), now);
      }
    }
    return next;
  }

  /// Another parent for every child of a node that goes. What is below them stays there.
  static RelayTree relieved(RelayTree tree, ParentChoice choice, NodeId going, Instant now) {
    RelayTree next = tree;
    List<NodeId> children =
        tree.edges().values().stream()
            .filter(edge -> edge.parent().equals(going))
            .map(Edge::node)
            .sorted()
            .toList();
    for (NodeId child : children) {
      next = attached(next, choice, child, Set.of(going), now);
    }
    return next;
  }

  /// Stays as it is when there is no parent to be had.
  private static RelayTree attached(
      RelayTree tree, ParentChoice choice, NodeId node, Set<NodeId> excluded, Instant now) {
    NodeId parent = choice.choose(tree, node, excluded);
    return parent == null ? tree : tree.with(new Edge(node, parent, now));
  }
}
