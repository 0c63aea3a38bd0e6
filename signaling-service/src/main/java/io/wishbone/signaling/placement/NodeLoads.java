package io.wishbone.signaling.placement;

import io.wishbone.control.NodeId;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// How busy nodes are. They report a few times a second: what was placed since a node's last report
/// is counted here, so that a burst does not all go to the same one.
final class NodeLoads {

  /// A node whose busiest worker has less of its time left takes no more sessions: its packets
  /// would begin to wait.
  static final double LEAST_HEADROOM = 0.05;

  /// For how long it has to be so by the node's own reports: one garbage collection is no overload.
  static final Duration BUSY_FOR = Duration.ofSeconds(3);

  /// What a session is thought to take of a worker until the node has reported what it does take.
  private static final double LEAST_COST = 0.001;

  private final NodeStore nodes;
  private final Map<NodeId, Placed> placed = new ConcurrentHashMap<>();
  private final Map<NodeId, Instant> busySince = new ConcurrentHashMap<>();

  NodeLoads(NodeStore nodes) {
    this.nodes = nodes;
  }

  /// Sessions that were placed since the node reported itself like this.
  private record Placed(NodeRecord report, int count) {}

  List<NodeRecord> alive() {
    List<NodeRecord> alive = nodes.all();
    Set<NodeId> nodesAlive = alive.stream().map(NodeRecord::node).collect(Collectors.toSet());
    placed.keySet().retainAll(nodesAlive);
    busySince.keySet().retainAll(nodesAlive);
    for (NodeRecord node : alive) {
      if (node.headroom() < LEAST_HEADROOM) {
        busySince.putIfAbsent(node.node(), node.reportedAt());
      } else {
        busySince.remove(node.node());
      }
    }
    return alive;
  }

  void count(NodeRecord choice) {
    placed.merge(
        choice.node(),
        new Placed(choice, 1),
        (before, one) ->
            before.report().equals(choice) ? new Placed(choice, before.count() + 1) : one);
  }

  /// Takes one back. A node that has reported meanwhile may now be thought of as emptier than it
  /// is, by one session until its next report: it refuses what it has no room for.
  void giveBack(NodeId node) {
    placed.computeIfPresent(
        node,
        (_, before) -> before.count() > 1 ? new Placed(before.report(), before.count() - 1) : null);
  }

  int sessions(NodeRecord node) {
    return node.sessions() + placedSince(node);
  }

  /// What was placed since the last report is counted, what that costs is only guessed.
  boolean hasRoom(NodeRecord node) {
    return (node.capacity() == 0 || sessions(node) < node.capacity()) && !isBusy(node);
  }

  private boolean isBusy(NodeRecord node) {
    Instant since = busySince.get(node.node());
    return since != null && !node.reportedAt().isBefore(since.plus(BUSY_FOR));
  }

  /// The greater of what is in use of its places and of its time, 0 to 1.
  double load(NodeRecord node) {
    double places = node.capacity() == 0 ? 0 : (double) sessions(node) / node.capacity();
    return Math.max(places, busy(node));
  }

  /// Every session that was placed since takes as much time as those that are there do.
  private double busy(NodeRecord node) {
    double reported = 1 - node.headroom();
    double each = node.sessions() == 0 ? LEAST_COST : reported / node.sessions();
    return reported + placedSince(node) * Math.max(each, LEAST_COST);
  }

  private int placedSince(NodeRecord node) {
    Placed since = placed.get(node.node());
    return since != null && since.report().equals(node) ? since.count() : 0;
  }
}
