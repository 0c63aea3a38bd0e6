package io.wishbone.signaling.placement;

import io.wishbone.control.NodeId;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.relay.Carriers;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A publisher goes to the node with the least load, near by; one that takes a stream over goes
/// where the stream is. A viewer goes to a node near by that carries the stream and has room, else
/// to one near by that will pull it, else farther away in the same order.
@Singleton
@Typed(RankedSelector.class)
final class RankedSelector implements NodeSelector {

  /// A session asks so many nodes at most.
  private static final int MOST_REFUSALS = 3;

  /// Within a step loads are alike: what an idle node does besides comes and goes by more than some
  /// sessions cost, and all that come between two reports would go to the one that was quiet.
  private static final int STEPS_OF_LOAD = 10;

  private final PlacementStrategy strategy;
  private final NodeStore nodes;
  private final NodeLoads loads;
  private final Carriers carriers;
  private final RoomTimes roomTimes;

  @Inject
  RankedSelector(NodeStore nodes, Carriers carriers, SignalingConfig config) {
    this(config.placement(), nodes, carriers, InstantSource.system());
  }

  RankedSelector(
      PlacementStrategy strategy, NodeStore nodes, Carriers carriers, InstantSource clock) {
    this.strategy = strategy;
    this.nodes = nodes;
    this.loads = new NodeLoads(nodes);
    this.carriers = carriers;
    this.roomTimes = new RoomTimes(clock);
  }

  @Override
  public Placement select(PlacementRequest request) {
    List<NodeRecord> alive = loads.alive();
    NodeRecord choice = request.excluded().size() < MOST_REFUSALS ? choose(request, alive) : null;
    if (choice == null) {
      return new Placement.NoRoom(
          roomTimes.next(alive, node -> !request.excluded().contains(node.node())));
    }
    loads.count(choice);
    return new Placement.AtNode(choice.node());
  }

  @Override
  public void giveBack(NodeId node) {
    loads.giveBack(node);
  }

  private @Nullable NodeRecord choose(PlacementRequest request, List<NodeRecord> alive) {
    return switch (request.role()) {
      case PUBLISHER -> {
        NodeRecord origin = origin(request);
        yield origin != null && isTaking(origin, request) ? origin : best(request, alive, Set.of());
      }
      case SUBSCRIBER -> {
        NodeRecord origin = origin(request);
        yield origin == null
            ? null
            : best(request, alive, carriers.of(request.stream(), origin.node(), alive));
      }
    };
  }

  /// A publisher that takes its stream over takes the place of another session, too: there is room
  /// for it on a full node.
  private @Nullable NodeRecord origin(PlacementRequest request) {
    NodeId origin = request.origin();
    return origin == null ? null : nodes.find(origin);
  }

  private @Nullable NodeRecord best(
      PlacementRequest request, List<NodeRecord> alive, Set<NodeId> carrying) {
    return alive.stream()
        .filter(node -> isTaking(node, request) && loads.hasRoom(node))
        .min(
            Comparator.<NodeRecord, Boolean>comparing(node -> strategy.isFar(node, request))
                .thenComparing(node -> !carrying.contains(node.node()))
                .thenComparingInt(node -> (int) (loads.load(node) * STEPS_OF_LOAD))
                .thenComparing(node -> strategy.isInAnotherZone(node, request))
                .thenComparingInt(loads::sessions)
                .thenComparingDouble(loads::load)
                .thenComparingLong(NodeRecord::packetsPerSecond)
                .thenComparing(NodeRecord::node))
        .orElse(null);
  }

  private static boolean isTaking(NodeRecord node, PlacementRequest request) {
    return !node.draining() && !request.excluded().contains(node.node());
  }
}
