package io.wishbone.signaling.relay;

import io.wishbone.control.NodeId;
import io.wishbone.store.NodeRecord;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which node another one has a stream from: one that has places left, near by, with as few nodes
/// as possible between it and the publisher.
///
/// @param alive the nodes that can be had
/// @param maxEdges how many nodes have a stream from one node
record ParentChoice(Map<NodeId, NodeRecord> alive, int maxEdges, RegionLinks links) {

  private static final int NEAREST = 0;
  private static final int NEAR = 1;
  private static final int FAR = 2;
  private static final int FARTHEST = 3;

  /// @param excluded nodes that have failed it: what has the stream from them is no better, except
  ///   from the origin, which may be out of its reach only
  /// @return null when there is none
  @Nullable NodeId choose(RelayTree tree, NodeId node, Set<NodeId> excluded) {
    NodeId origin = tree.origin();
    if (origin == null) {
      return null;
    }
    return Stream.concat(Stream.of(origin), tree.nodes().stream())
        .filter(parent -> isUsable(tree, parent, node) && !isExcluded(tree, parent, excluded))
        .min(
            Comparator.<NodeId, Boolean>comparing(parent -> tree.children(parent) >= maxEdges)
                .thenComparingInt(parent -> distance(parent, node, origin))
                .thenComparingInt(tree::depth)
                .thenComparing(parent -> !isSameZone(parent, node))
                .thenComparingInt(tree::children)
                .thenComparing(Comparator.naturalOrder()))
        .orElse(null);
  }

  /// Whether a node can go on having the stream from its parent.
  boolean holds(RelayTree tree, NodeId node, NodeId parent) {
    return alive.containsKey(parent) && tree.carries(parent) && !tree.isBelow(parent, node);
  }

  private boolean isUsable(RelayTree tree, NodeId parent, NodeId node) {
    NodeRecord record = alive.get(parent);
    return record != null
        && (!record.draining() || parent.equals(tree.origin()))
        && tree.carries(parent)
        && !tree.isBelow(parent, node);
  }

  private static boolean isExcluded(RelayTree tree, NodeId parent, Set<NodeId> excluded) {
    return excluded.stream()
        .anyMatch(failed ->
            failed.equals(tree.origin()) ? failed.equals(parent) : tree.isBelow(parent, failed));
  }

  private int distance(NodeId parent, NodeId node, NodeId origin) {
    boolean isOrigin = parent.equals(origin);
    return switch (links) {
      case ONE ->
          isSameRegion(parent, node)
              ? NEAREST
              : isOrigin ? NEAR : isSameRegion(parent, origin) ? FAR : FARTHEST;
      case DIRECT ->
          isOrigin
              ? NEAREST
              : isSameRegion(parent, node) ? NEAR : isSameRegion(parent, origin) ? FAR : FARTHEST;
    };
  }

  private boolean isSameRegion(NodeId one, NodeId other) {
    return region(one).equals(region(other));
  }

  private boolean isSameZone(NodeId one, NodeId other) {
    return isSameRegion(one, other) && zone(one).equals(zone(other));
  }

  private String region(NodeId node) {
    NodeRecord record = alive.get(node);
    return record == null ? "" : record.region();
  }

  private String zone(NodeId node) {
    NodeRecord record = alive.get(node);
    return record == null ? "" : record.zone();
  }
}
