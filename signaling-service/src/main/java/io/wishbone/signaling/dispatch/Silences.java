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
  private final Map<NodeId, Long> later = new HashMap<>();
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
    later.remove(node);
  }

  /// The nodes that are lost. To be called every half second or so.
  synchronized List<NodeId> lost(long nowNanos) {
    if (nowNanos - lastLook > GAP.toNanos()) {
      // This process stood still: what was said meanwhile comes now.
      steadySince = nowNanos;
    }
    lastLook = nowNanos;
    return heard.keySet().stream().filter(node -> isLost(node, nowNanos)).toList();
  }

  /// Whether the node is lost even now: it may have spoken while somebody waited for a store.
  synchronized boolean isLost(NodeId node, long nowNanos) {
    Long last = heard.get(node);
    Long from = later.get(node);
    return last != null
        && nowNanos - last > LOST.toNanos()
        && (from == null || nowNanos - from >= 0)
        && nowNanos - lastHeard <= GAP.toNanos()
        && nowNanos - steadySince >= STEADY.toNanos();
  }

  /// A node that somebody has heard of before; it may be silent since long ago.
  synchronized void expect(NodeId node, long nowNanos) {
    heard.putIfAbsent(node, nowNanos);
  }

  /// The node is not to be named for so long, unless it speaks and falls silent again.
  synchronized void leave(NodeId node, Duration pause, long nowNanos) {
    later.put(node, nowNanos + pause.toNanos());
  }

  synchronized void forget(NodeId node) {
    heard.remove(node);
    later.remove(node);
  }
}
