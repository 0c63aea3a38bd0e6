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

  /// A report counts from when it came: one that waited here keeps its node for so much less.
  void take(HeardReport report) {
    NodeRecord record = NodeRecord.of(report.heartbeat(), report.at());
    try {
      NodeRecord stored = nodes.find(record.node());
      Instant now = clock.instant();
      Duration age = Duration.between(report.at(), now);
      if (stored == null || !isKnown(record, stored, age, now)) {
        // Negative when the clock was set back.
        nodes.put(record, age.isNegative() ? Duration.ZERO : age);
      }
    } catch (StoreUnavailableException _) {
      // The next report comes soon.
      LOG.debugf("What node %s reports is not stored", record.node());
    }
  }

  /// Another process may have stored it, whose clock may be ahead; or the next one, while this one
  /// waited.
  private static boolean isKnown(NodeRecord report, NodeRecord stored, Duration age, Instant now) {
    boolean isSame =
        stored.isLike(report)
            && Duration.between(stored.reportedAt(), now).abs().compareTo(RECENT) < 0;
    boolean isOlder =
        age.compareTo(NodeHeartbeat.INTERVAL) > 0
            && stored.reportedAt().isAfter(report.reportedAt());
    return isSame || isOlder;
  }
}
