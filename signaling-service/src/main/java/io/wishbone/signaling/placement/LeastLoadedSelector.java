package io.wishbone.signaling.placement;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionRole;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A subscriber goes where the stream is, and so does a publisher that takes a stream over; any
/// other publisher goes to the node with the smallest share of its capacity in use. Nodes report
/// about once a second: what was placed since a node's last report is counted here, so that a burst
/// does not all go to the same one.
@Singleton
final class LeastLoadedSelector implements NodeSelector {

  private final NodeStore nodes;
  private final Map<NodeId, Placed> placed = new ConcurrentHashMap<>();

  LeastLoadedSelector(NodeStore nodes) {
    this.nodes = nodes;
  }

  /// Sessions that were placed since the node reported itself like this.
  private record Placed(NodeRecord report, int count) {}

  @Override
  public @Nullable NodeId select(PlacementRequest request) {
    NodeRecord choice = atOrigin(request);
    if (choice == null && request.role() == SessionRole.PUBLISHER) {
      choice = leastLoaded(request);
    }
    if (choice == null) {
      return null;
    }
    count(choice);
    return choice.node();
  }

  private @Nullable NodeRecord atOrigin(PlacementRequest request) {
    NodeId origin = request.origin();
    NodeRecord node = origin == null ? null : nodes.find(origin);
    return node != null && isEligible(node, request) ? node : null;
  }

  private void count(NodeRecord choice) {
    placed.merge(
        choice.node(),
        new Placed(choice, 1),
        (before, one) ->
            before.report().equals(choice) ? new Placed(choice, before.count() + 1) : one);
  }

  private @Nullable NodeRecord leastLoaded(PlacementRequest request) {
    List<NodeRecord> alive = nodes.all();
    placed.keySet().retainAll(alive.stream().map(NodeRecord::node).toList());
    return alive.stream()
        .filter(node -> isEligible(node, request))
        .min(
            Comparator.comparingDouble(this::load)
                .thenComparingInt(this::sessions)
                .thenComparing(NodeRecord::node))
        .orElse(null);
  }

  private boolean isEligible(NodeRecord node, PlacementRequest request) {
    return !node.draining()
        && !request.excluded().contains(node.node())
        && (node.capacity() == 0 || sessions(node) < node.capacity());
  }

  private double load(NodeRecord node) {
    return node.capacity() == 0 ? 0 : (double) sessions(node) / node.capacity();
  }

  private int sessions(NodeRecord node) {
    Placed since = placed.get(node.node());
    return node.sessions() + (since != null && since.report().equals(node) ? since.count() : 0);
  }
}
