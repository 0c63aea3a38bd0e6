package io.wishbone.signaling.dispatch;

import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Takes reports of nodes off the thread of a carrier, as [EventQueue] does with all else that is
/// heard, which therefore cannot make them late. Of each node only the latest waits: one that comes
/// meanwhile takes its place.
final class LatestReports {

  private final Map<NodeId, HeardReport> waiting = new ConcurrentHashMap<>();
  private final Consumer<HeardReport> handler;
  private final InstantSource clock;
  private final EventQueue<NodeId> queue = new EventQueue<>("node-reports", this::hand);

  LatestReports(Consumer<HeardReport> handler, InstantSource clock) {
    this.handler = handler;
    this.clock = clock;
  }

  void start() {
    queue.start();
  }

  void stop() {
    queue.stop();
  }

  /// Never blocks. What finds the queue full is refused and counted.
  void add(NodeHeartbeat heartbeat) {
    NodeId node = heartbeat.node();
    boolean isAlone = waiting.put(node, new HeardReport(heartbeat, clock.instant())) == null;
    if (isAlone && !queue.add(node)) {
      waiting.remove(node);
    }
  }

  private void hand(NodeId node) {
    HeardReport latest = waiting.remove(node);
    if (latest != null) {
      handler.accept(latest);
    }
  }

  /// Nodes of which one waits.
  int size() {
    return queue.size();
  }

  /// Reports that found it full.
  long refused() {
    return queue.refused();
  }
}
