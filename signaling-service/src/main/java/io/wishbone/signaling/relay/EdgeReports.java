package io.wishbone.signaling.relay;

import io.wishbone.control.NodeId;
import io.wishbone.control.StreamName;
import io.wishbone.control.StreamStatus;
import io.wishbone.store.Edge;
import io.wishbone.store.NodeRecord;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares what nodes say of streams that they relay with the tree that is stored. Where the two
/// agree, the edge is renewed. A node that has a stream from elsewhere, or has viewers and no
/// stream, is told again where to have it from; one whose parent is gone gets another one first.
///
/// Any process may get a report, and get it twice. The one that has changed the tree tells the
/// node; it changes at least the time at which the edge was last heard of, so that nobody tells the
/// node again for a while.
@Singleton
public final class EdgeReports {

  /// Nodes repeat themselves every five seconds. An edge whose viewers change more often is written
  /// no more often than that for it.
  static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(4);

  /// A node that was told has this long to get the stream.
  static final Duration BETWEEN_PULLS = Duration.ofSeconds(1);

  private final Trees trees;
  private final Pulls pulls;

  EdgeReports(Trees trees, Pulls pulls) {
    this.trees = trees;
    this.pulls = pulls;
  }

  /// Takes a report in.
  public void take(StreamStatus status) {
    if (status.live() && status.parent() == null) {
      // The stream comes from its publisher.
      return;
    }
    StreamName stream = status.stream();
    Map<NodeId, NodeRecord> alive = trees.aliveLately();
    NodeId origin = trees.origin(stream, alive);
    boolean isOver = !status.live() && status.viewers() == 0;
    if (!isOver && status.node().equals(origin)) {
      // It is about to get its publisher, or has just lost it.
      return;
    }
    Instant now = trees.now();
    Trees.Changed changed =
        trees.change(
            stream,
            origin,
            alive,
            (tree, choice) ->
                isOver
                    ? without(tree, choice, status.node(), now)
                    : with(tree, choice, status, now));
    tell(stream, status, changed);
  }

  /// Its children look for another parent at once. While nobody publishes there is none to be
  /// found, and they keep this one.
  private static RelayTree without(RelayTree tree, ParentChoice choice, NodeId node, Instant now) {
    boolean isKept = tree.origin() == null && tree.children(node) > 0;
    return isKept || tree.edge(node) == null
        ? tree
        : TreeRepair.repaired(tree.without(node), choice, List.of(), now);
  }

  private static RelayTree with(
      RelayTree tree, ParentChoice choice, StreamStatus status, Instant now) {
    Edge edge = tree.edge(status.node());
    NodeId parent =
        edge == null ? unheardOf(tree, choice, status) : next(tree, choice, status, edge.parent());
    if (parent == null) {
      return tree;
    }
    boolean isNews =
        edge == null
            || !edge.parent().equals(parent)
            || !edge.seenAt()
                .plus(isRight(status, parent) ? BETWEEN_RENEWALS : BETWEEN_PULLS)
                .isAfter(now);
    return isNews ? tree.with(new Edge(status.node(), parent, now)) : tree;
  }

  /// Where a node is to have the stream from that is no edge so far: from where it says it has it,
  /// if that can be.
  private static @Nullable NodeId unheardOf(
      RelayTree tree, ParentChoice choice, StreamStatus status) {
    NodeId claimed = status.parent();
    NodeId node = status.node();
    if (claimed != null
        && !tree.isBelow(claimed, node)
        && (status.live() || tree.origin() == null || choice.holds(tree, node, claimed))) {
      return claimed;
    }
    return choice.choose(tree, node, Set.of());
  }

  /// Where an edge is to have the stream from.
  private static NodeId next(
      RelayTree tree, ParentChoice choice, StreamStatus status, NodeId stored) {
    NodeId node = status.node();
    NodeId claimed = status.parent();
    if (tree.origin() == null || choice.holds(tree, node, stored)) {
      return stored;
    }
    if (status.live()) {
      // It will say so itself when it loses the stream.
      return claimed != null && choice.holds(tree, node, claimed) ? claimed : stored;
    }
    NodeId chosen = choice.choose(tree, node, Set.of());
    return chosen == null ? stored : chosen;
  }

  private static boolean isRight(StreamStatus status, NodeId parent) {
    return status.live() && parent.equals(status.parent());
  }

  private void tell(StreamName stream, StreamStatus status, Trees.Changed changed) {
    RelayTree after = changed.after();
    if (after.origin() == null) {
      return;
    }
    Edge edge = after.edge(status.node());
    if (edge == null) {
      pulls.pullMoved(stream, changed);
    } else if (!edge.equals(changed.before().edge(edge.node()))
        && !isRight(status, edge.parent())
        && after.carries(edge.node())) {
      pulls.pull(stream, List.of(edge), after);
    }
  }
}
