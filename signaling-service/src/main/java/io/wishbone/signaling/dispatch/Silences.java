package io.wishbone.signaling.dispatch;

import io.wishbone.control.NodeId;
import io.wishbone.store.NodeStore;
import io.wishbone.store.SessionStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tells nodes that are silent from times in which nobody can be heard: while no broker is there,
/// or this process stood still, all nodes are silent, and none of them is lost.
///
/// Safe for use by many threads.
final class Silences {

  /// A node says a few times a second that it is alive. Of a broker whose place another one takes
  /// this process may hear nothing for some seconds, and of another broker everything.
  static final Duration LOST = Duration.ofSeconds(5);

  /// Nobody waits for a node any more that has been silent for so long: new sessions go elsewhere
  /// by then, too. It may be back, so its sessions stay.
  static final Duration SILENT = NodeStore.LIFESPAN;

  /// Somebody is heard at least so often while anybody can be.
  private static final Duration GAP = Duration.ofMillis(2_500);

  /// A longer gap is no hiccup of a busy machine: a broker was away.
  private static final Duration OUTAGE = Duration.ofSeconds(6);

  /// After an outage, nodes may be back one after the other; at the start nobody is known.
  private static final Duration STEADY = Duration.ofSeconds(12);

  /// In a silence of this length sessions may lapse that were renewed before it.
  static final Duration LONG = SessionStore.OPEN_LIFESPAN.dividedBy(2);

  /// Every node names its sessions twice in this time.
  static final Duration LATELY = Duration.ofSeconds(75);

  private final Map<NodeId, Long> heard = new HashMap<>();
  private final Map<NodeId, Long> later = new HashMap<>();
  private long lastHeard;
  private long lastLook;
  private long steadyFrom;
  private long backUntil;

  Silences(long nowNanos) {
    lastHeard = nowNanos;
    lastLook = nowNanos;
    backUntil = nowNanos;
    steadyFrom = nowNanos + STEADY.toNanos();
  }

  synchronized void heard(NodeId node, long nowNanos) {
    waitAfter(nowNanos - lastHeard, nowNanos);
    if (nowNanos - lastHeard > LONG.toNanos()) {
      backUntil = nowNanos + LATELY.toNanos();
    }
    lastHeard = nowNanos;
    heard.put(node, nowNanos);
    later.remove(node);
  }

  /// After a time in which nobody was heard, every node is given as long to be heard as a node has
  /// that falls silent, and longer after an outage.
  private void waitAfter(long gapNanos, long nowNanos) {
    if (gapNanos > GAP.toNanos()) {
      Duration pause = gapNanos > OUTAGE.toNanos() ? STEADY : LOST;
      steadyFrom = Math.max(steadyFrom - nowNanos, pause.toNanos()) + nowNanos;
    }
  }

  /// The nodes that are lost. To be called a few times a second.
  synchronized List<NodeId> lost(long nowNanos) {
    // This process stood still: what was said meanwhile comes now.
    waitAfter(nowNanos - lastLook, nowNanos);
    lastLook = nowNanos;
    return heard.keySet().stream().filter(node -> isLost(node, nowNanos)).toList();
  }

  /// Whether the node is lost even now: it may have spoken while somebody waited for a store.
  synchronized boolean isLost(NodeId node, long nowNanos) {
    Long from = later.get(node);
    return isSilentFor(LOST, node, nowNanos) && (from == null || nowNanos - from >= 0);
  }

  /// Whether the node has not been heard for a while in which others were, so that an answer is not
  /// to be expected of it.
  synchronized boolean isSilent(NodeId node, long nowNanos) {
    return isSilentFor(SILENT, node, nowNanos);
  }

  /// Whether the node has just been heard. Not the contrary of [#isSilent]: where nobody can be
  /// heard, it is neither.
  synchronized boolean hears(NodeId node, long nowNanos) {
    Long last = heard.get(node);
    return last != null && nowNanos - last <= SILENT.toNanos();
  }

  /// Whether somebody is heard since a moment only, after a long time in which nobody was.
  synchronized boolean isBackLately(long nowNanos) {
    return nowNanos - backUntil < 0;
  }

  private boolean isSilentFor(Duration time, NodeId node, long nowNanos) {
    Long last = heard.get(node);
    return last != null
        && nowNanos - last > time.toNanos()
        && nowNanos - lastHeard <= GAP.toNanos()
        && nowNanos - steadyFrom >= 0;
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
