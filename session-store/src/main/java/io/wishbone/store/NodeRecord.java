package io.wishbone.store;

import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import java.time.Instant;

/// A media node as it last reported itself.
///
/// @param region empty when unknown
/// @param zone empty when unknown
/// @param capacity how many sessions the node takes, 0 when it sets no limit
/// @param reportedAt when that report came, by the clock of whoever received it
public record NodeRecord(
    NodeId node,
    String region,
    String zone,
    int publishers,
    int subscribers,
    int capacity,
    boolean draining,
    Instant reportedAt) {

  public static NodeRecord of(NodeHeartbeat heartbeat, Instant reportedAt) {
    return new NodeRecord(
        heartbeat.node(),
        heartbeat.region(),
        heartbeat.zone(),
        heartbeat.publishers(),
        heartbeat.subscribers(),
        heartbeat.capacity(),
        heartbeat.draining(),
        reportedAt);
  }

  public int sessions() {
    return publishers + subscribers;
  }
}
