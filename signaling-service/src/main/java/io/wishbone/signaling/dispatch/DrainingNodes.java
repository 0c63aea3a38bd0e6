package io.wishbone.signaling.dispatch;

import io.wishbone.control.NodeHeartbeat;
import io.wishbone.signaling.events.OpenFeeds;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import io.wishbone.store.StoreUnavailableException;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Sends players away from nodes that drain, some with each of their heartbeats, so that not all
/// come back at once. They stay where they are as long as there is nowhere else to go.
@Singleton
final class DrainingNodes {

  private static final Logger LOG = Logger.getLogger(DrainingNodes.class);

  private final NodeStore nodes;
  private final OpenFeeds feeds;

  DrainingNodes(NodeStore nodes, OpenFeeds feeds) {
    this.nodes = nodes;
    this.feeds = feeds;
  }

  void take(NodeHeartbeat heartbeat) {
    try {
      if (heartbeat.draining() && nodes.all().stream().anyMatch(DrainingNodes::takesSessions)) {
        feeds.sendAway(heartbeat.node());
      }
    } catch (StoreUnavailableException _) {
      // The next heartbeat comes soon.
      LOG.debugf("Nobody is sent away from node %s now", heartbeat.node());
    }
  }

  private static boolean takesSessions(NodeRecord node) {
    return !node.draining() && (node.capacity() == 0 || node.sessions() < node.capacity());
  }
}
