package io.wishbone.signaling.placement;

import io.wishbone.control.NodeHeartbeat;
import io.wishbone.store.NodeRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// When those for whom there is no room may come back: with the next report if only what was placed
/// since the last one fills a node, later if nodes are full, busy, or about to stop, by their own
/// word.
final class RoomTimes {

  /// By then nodes have reported again, and it is known who left.
  private static final Duration BETWEEN_REPORTS = NodeHeartbeat.INTERVAL;

  /// A node may be there by then that has only just been started, or was cut off.
  private static final Duration UNTIL_A_NODE_IS_THERE = Duration.ofSeconds(3);

  /// A session of a full node may have ended by then.
  private static final Duration UNTIL_SOMEBODY_LEAVES = Duration.ofSeconds(5);

  /// A node that is only just too busy may have time again by then, one that has none at all
  /// [#UNTIL_THERE_IS_TIME] later.
  private static final Duration UNTIL_A_LITTLE_TIME = Duration.ofSeconds(2);

  private static final Duration UNTIL_THERE_IS_TIME = Duration.ofSeconds(8);

  /// The node that replaces one which is about to stop may be there by then.
  private static final Duration UNTIL_ANOTHER_NODE_COMES = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final Returns returns;

  RoomTimes(InstantSource clock) {
    this.clock = clock;
    this.returns = new Returns(clock);
  }

  /// @param isAskedFor what may take the session at all
  Duration next(List<NodeRecord> alive, Predicate<NodeRecord> isAskedFor) {
    return returns.next(earliest(alive, isAskedFor));
  }

  private Duration earliest(List<NodeRecord> alive, Predicate<NodeRecord> isAskedFor) {
    if (alive.isEmpty()) {
      return UNTIL_A_NODE_IS_THERE;
    }
    if (alive.stream().allMatch(NodeRecord::draining)) {
      return UNTIL_ANOTHER_NODE_COMES;
    }
    return alive.stream()
        .filter(node -> !node.draining() && isAskedFor.test(node))
        .map(this::untilRoom)
        .min(Comparator.naturalOrder())
        .orElse(UNTIL_SOMEBODY_LEAVES);
  }

  private Duration untilRoom(NodeRecord node) {
    if (node.capacity() > 0 && node.sessions() >= node.capacity()) {
      return UNTIL_SOMEBODY_LEAVES;
    }
    double missing = (NodeLoads.LEAST_HEADROOM - node.headroom()) / NodeLoads.LEAST_HEADROOM;
    return missing > 0
        ? UNTIL_A_LITTLE_TIME.plusMillis((long) (missing * UNTIL_THERE_IS_TIME.toMillis()))
        : untilNextReport(node);
  }

  private Duration untilNextReport(NodeRecord node) {
    Duration left = Duration.between(clock.instant(), node.reportedAt().plus(BETWEEN_REPORTS));
    return left.isPositive() ? left : BETWEEN_REPORTS;
  }
}
