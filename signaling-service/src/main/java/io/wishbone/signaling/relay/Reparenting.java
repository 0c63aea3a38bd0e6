package io.wishbone.signaling.relay;

import io.wishbone.control.NodeId;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.events.StreamStatuses;
import io.wishbone.store.EdgeStore;
import io.wishbone.store.EdgesRecord;
import io.wishbone.store.NodeRecord;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/// Rebuilds trees when their root or one of their nodes has changed. What is missed here, because a
/// process dies in between, [EdgeReports] finds within a few seconds.
@Singleton
public final class Reparenting {

  private static final Logger LOG = Logger.getLogger(Reparenting.class);

  private final Trees trees;
  private final EdgeStore edges;
  private final StreamStatuses statuses;
  private final Pulls pulls;

  Reparenting(Trees trees, EdgeStore edges, StreamStatuses statuses, Pulls pulls) {
    this.trees = trees;
    this.edges = edges;
    this.statuses = statuses;
    this.pulls = pulls;
  }

  /// A publisher was opened: every edge of its stream, and every node that has viewers, is to have
  /// the stream from there, or from an edge that has.
  public void published(StreamName stream, NodeId origin) {
    Map<NodeId, NodeRecord> alive = trees.alive();
    if (alive.size() < 2 || !alive.containsKey(origin)) {
      return;
    }
    var waiting = statuses.audiences(stream);
    Trees.Changed changed =
        trees.change(
            stream,
            origin,
            alive,
            (tree, choice) -> TreeRepair.repaired(tree, choice, waiting, trees.now()));
    RelayTree tree = changed.after();
    pulls.pull(stream, tree.attached(), tree);
  }

  /// A node is gone: its children get other parents.
  void lost(NodeId node) {
    for (EdgesRecord record : edges.all()) {
      boolean isConcerned =
          record.edges().stream()
              .anyMatch(edge -> edge.node().equals(node) || edge.parent().equals(node));
      if (isConcerned) {
        repair(record.stream());
      }
    }
  }

  /// A node drains: its children get other parents while they have the stream from it still. Those
  /// of a stream that is published there stay.
  void drains(NodeId node) {
    for (EdgesRecord record : edges.all()) {
      if (record.edges().stream().anyMatch(edge -> edge.parent().equals(node))) {
        relieve(node, record.stream());
      }
    }
  }

  private void relieve(NodeId node, StreamName stream) {
    Map<NodeId, NodeRecord> alive = trees.alive();
    NodeId origin = trees.origin(stream, alive);
    if (origin == null || origin.equals(node)) {
      return;
    }
    Trees.Changed changed =
        trees.change(
            stream,
            origin,
            alive,
            (tree, choice) -> TreeRepair.relieved(tree, choice, node, trees.now()));
    pulls.pullMoved(stream, changed);
  }

  private void repair(StreamName stream) {
    Map<NodeId, NodeRecord> alive = trees.alive();
    NodeId origin = trees.origin(stream, alive);
    if (origin == null) {
      // They wait for a publisher.
      return;
    }
    Trees.Changed changed =
        trees.change(
            stream,
            origin,
            alive,
            (tree, choice) -> TreeRepair.repaired(tree, choice, List.of(), trees.now()));
    LOG.infof("Edges of stream %s have lost a node", stream);
    pulls.pullMoved(stream, changed);
  }
}
