package io.wishbone.store;

import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;

/// A media node as it last reported itself.
///
/// @param region empty when unknown
/// @param zone empty when unknown
/// @param capacity how many sessions the node takes, 0 when it sets no limit
public record NodeRecord(
    NodeId node,
    String region,
    String zone,
    int publishers,
    int subscribers,
    int capacity,
    boolean draining) {

  public static NodeRecord of(NodeHeartbeat heartbeat) {
    return new NodeRecord(
        heartbeat.node(),
        heartbeat.region(),
        heartbeat.zone(),
        heartbeat.publishers(),
        heartbeat.subscribers(),
        heartbeat.capacity(),
        heartbeat.draining());
  }

  public int sessions() {
    return publishers + subscribers;
  }
}
