package io.wishbone.signaling.placement;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionRole;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
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
@Typed(LeastLoadedSelector.class)
final class LeastLoadedSelector implements NodeSelector {

  /// A session asks so many nodes at most.
  private static final int MOST_REFUSALS = 3;

  /// Nodes report about once a second; then it is known who left.
  private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(1);

  /// A session of a full node may have ended by then.
  private static final Duration UNTIL_SOMEBODY_LEAVES = Duration.ofSeconds(5);

  /// The node that replaces one which is about to stop may be there by then.
  private static final Duration UNTIL_ANOTHER_NODE_COMES = Duration.ofSeconds(10);

  private final NodeStore nodes;
  private final InstantSource clock;
  private final Returns returns;
  private final Map<NodeId, Placed> placed = new ConcurrentHashMap<>();

  @Inject
  LeastLoadedSelector(NodeStore nodes) {
    this(nodes, InstantSource.system());
  }

  LeastLoadedSelector(NodeStore nodes, InstantSource clock) {
    this.nodes = nodes;
    this.clock = clock;
    this.returns = new Returns(clock);
  }

  /// Sessions that were placed since the node reported itself like this.
  private record Placed(NodeRecord report, int count) {}

  @Override
  public Placement select(PlacementRequest request) {
    NodeRecord choice = request.excluded().size() < MOST_REFUSALS ? choose(request) : null;
    if (choice == null) {
      return new Placement.NoRoom(returns.next(earliestRoom(request)));
    }
    count(choice);
    return new Placement.AtNode(choice.node());
  }

  /// A node that has reported meanwhile may now be thought of as emptier than it is, by one session
  /// until its next report: it refuses what it has no room for.
  @Override
  public void giveBack(NodeId node) {
    placed.computeIfPresent(
        node,
        (_, before) -> before.count() > 1 ? new Placed(before.report(), before.count() - 1) : null);
  }

  private @Nullable NodeRecord choose(PlacementRequest request) {
    NodeRecord choice = atOrigin(request);
    return choice == null && request.role() == SessionRole.PUBLISHER
        ? leastLoaded(request)
        : choice;
  }

  /// A publisher that takes its stream over takes the place of another session, too: there is room
  /// for it on a full node.
  private @Nullable NodeRecord atOrigin(PlacementRequest request) {
    NodeId origin = request.origin();
    NodeRecord node = origin == null ? null : nodes.find(origin);
    return node != null
            && isTaking(node, request)
            && (request.role() == SessionRole.PUBLISHER || hasRoom(node))
        ? node
        : null;
  }

  /// From when on asking again makes sense: with the next report if only what was placed since the
  /// last one fills a node, later if nodes are full, or about to stop, by their own word.
  private Duration earliestRoom(PlacementRequest request) {
    List<NodeRecord> alive = nodes.all();
    if (alive.isEmpty()) {
      return NodeStore.LIFESPAN;
    }
    return alive.stream()
        .filter(node -> isTaking(node, request))
        .filter(node -> node.sessions() < node.capacity())
        .map(this::untilNextReport)
        .min(Comparator.naturalOrder())
        .orElseGet(() ->
            alive.stream().allMatch(NodeRecord::draining)
                ? UNTIL_ANOTHER_NODE_COMES
                : UNTIL_SOMEBODY_LEAVES);
  }

  private Duration untilNextReport(NodeRecord node) {
    Duration left = Duration.between(clock.instant(), node.reportedAt().plus(BETWEEN_REPORTS));
    return left.isPositive() ? left : BETWEEN_REPORTS;
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
        .filter(node -> isTaking(node, request) && hasRoom(node))
        .min(
            Comparator.comparingDouble(this::load)
                .thenComparingInt(this::sessions)
                .thenComparing(NodeRecord::node))
        .orElse(null);
  }

  private static boolean isTaking(NodeRecord node, PlacementRequest request) {
    return !node.draining() && !request.excluded().contains(node.node());
  }

  private boolean hasRoom(NodeRecord node) {
    return node.capacity() == 0 || sessions(node) < node.capacity();
  }

  private double load(NodeRecord node) {
    return node.capacity() == 0 ? 0 : (double) sessions(node) / node.capacity();
  }

  private int sessions(NodeRecord node) {
    Placed since = placed.get(node.node());
    return node.sessions() + (since != null && since.report().equals(node) ? since.count() : 0);
  }
}
