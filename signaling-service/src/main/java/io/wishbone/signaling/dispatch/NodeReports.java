package io.wishbone.signaling.dispatch;

import io.wishbone.control.NodeHeartbeat;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import io.wishbone.store.StoreUnavailableException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/// Stores what nodes report about themselves. Every process of signalling hears it, and could store
/// it, so that no node seems dead because a process has died; most find that another one has stored
/// it already.
@Singleton
final class NodeReports {

  private static final Logger LOG = Logger.getLogger(NodeReports.class);

  /// Half the time between two reports. One that says something else is stored at once.
  private static final Duration RECENT = NodeHeartbeat.INTERVAL.dividedBy(2);

  private final NodeStore nodes;
  private final InstantSource clock;

  @Inject
  NodeReports(NodeStore nodes) {
    this(nodes, InstantSource.system());
  }

  NodeReports(NodeStore nodes, InstantSource clock) {
    this.nodes = nodes;
    this.clock = clock;
  }

  void take(NodeHeartbeat heartbeat) {
    Instant now = clock.instant();
    NodeRecord report = NodeRecord.of(heartbeat, now);
    try {
      if (!isKnown(report, now)) {
        nodes.put(report);
      }
    } catch (StoreUnavailableException _) {
      // The next report comes soon.
      LOG.debugf("What node %s reports is not stored", heartbeat.node());
    }
  }

  /// Another process may have stored it, whose clock may be ahead.
  private boolean isKnown(NodeRecord report, Instant now) {
    NodeRecord stored = nodes.find(report.node());
    return stored != null
        && stored.isLike(report)
        && Duration.between(stored.reportedAt(), now).abs().compareTo(RECENT) < 0;
  }
}
