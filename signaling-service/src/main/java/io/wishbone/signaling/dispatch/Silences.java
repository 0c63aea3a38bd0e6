package io.wishbone.signaling.dispatch;

import io.wishbone.control.NodeId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tells nodes that are silent from times in which nobody can be heard: while no broker is there,
/// or this process stood still, all nodes are silent, and none of them is lost.
///
/// Safe for use by many threads.
final class Silences {

  /// A node says every second that it is alive. A broker whose place another one takes can silence
  /// some of the nodes for about three seconds.
  static final Duration LOST = Duration.ofSeconds(6);

  /// Somebody is heard at least so often while anybody can be.
  private static final Duration GAP = Duration.ofMillis(2_500);

  /// After a gap, nodes may be back one after the other.
  private static final Duration STEADY = Duration.ofSeconds(12);

  private final Map<NodeId, Long> heard = new HashMap<>();
  private long lastHeard;
  private long lastLook;
  private long steadySince;

  Silences(long nowNanos) {
    lastHeard = nowNanos;
    lastLook = nowNanos;
    steadySince = nowNanos;
  }

  synchronized void heard(NodeId node, long nowNanos) {
    if (nowNanos - lastHeard > GAP.toNanos()) {
      steadySince = nowNanos;
    }
    lastHeard = nowNanos;
    heard.put(node, nowNanos);
  }

  /// The nodes that are lost. To be called every half second or so.
  synchronized List<NodeId> lost(long nowNanos) {
    if (nowNanos - lastLook > GAP.toNanos()) {
      // This process stood still: what was said meanwhile comes now.
      steadySince = nowNanos;
    }
    lastLook = nowNanos;
    if (nowNanos - lastHeard > GAP.toNanos() || nowNanos - steadySince < STEADY.toNanos()) {
      return List.of();
    }
    return heard.entrySet().stream()
        .filter(each -> nowNanos - each.getValue() > LOST.toNanos())
        .map(Map.Entry::getKey)
        .toList();
  }

  synchronized void forget(NodeId node) {
    heard.remove(node);
  }
}
