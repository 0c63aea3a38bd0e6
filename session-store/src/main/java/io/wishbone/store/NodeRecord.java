package io.wishbone.store;

import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import java.time.Instant;

/// A media node as it last reported itself.
///
/// @param region empty when unknown
/// @param zone empty when unknown
/// @param capacity how many sessions the node takes, 0 when it sets no limit
/// @param packetsPerSecond packets that it receives and sends
/// @param headroom the share of its time that its busiest worker has left, 0 to 1
/// @param reportedAt when that report came, by the clock of whoever received it
public record NodeRecord(
    NodeId node,
    String region,
    String zone,
    int publishers,
    int subscribers,
    int capacity,
    boolean draining,
    long packetsPerSecond,
    double headroom,
    Instant reportedAt) {

  /// A node that has nothing to do.
  public NodeRecord(
      NodeId node,
      String region,
      String zone,
      int publishers,
      int subscribers,
      int capacity,
      boolean draining,
      Instant reportedAt) {
    this(node, region, zone, publishers, subscribers, capacity, draining, 0, 1, reportedAt);
  }

  public static NodeRecord of(NodeHeartbeat heartbeat, Instant reportedAt) {
    return new NodeRecord(
        heartbeat.node(),
        heartbeat.region(),
        heartbeat.zone(),
        heartbeat.publishers(),
        heartbeat.subscribers(),
        heartbeat.capacity(),
        heartbeat.draining(),
        heartbeat.packetsPerSecond(),
        heartbeat.headroom(),
        reportedAt);
  }

  /// Whether both say the same, whenever they came.
  public boolean isLike(NodeRecord other) {
    return equals(other.reportedAt(reportedAt));
  }

  private NodeRecord reportedAt(Instant time) {
    return new NodeRecord(
        node,
        region,
        zone,
        publishers,
        subscribers,
        capacity,
        draining,
        packetsPerSecond,
        headroom,
        time);
  }

  public int sessions() {
    return publishers + subscribers;
  }
}
