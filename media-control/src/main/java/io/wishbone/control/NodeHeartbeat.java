package io.wishbone.control;

import java.time.Duration;

/// A media node is alive. Sent every [#INTERVAL], and at once when `draining` changes; a node that
/// was not heard of for a few intervals gets no new sessions.
///
/// @param region where the node runs, empty when that was not configured
/// @param zone which part of the region, empty when that was not configured
/// @param publishers sessions that send to the node
/// @param subscribers sessions that receive from the node
/// @param capacity how many sessions the node takes, 0 when it sets no limit
/// @param draining whether the node is about to stop and takes no new sessions
/// @param packetsPerSecond packets that it receives and sends
/// @param headroom the share of its time that its busiest worker has left, 0 to 1
public record NodeHeartbeat(
    NodeId node,
    String region,
    String zone,
    int publishers,
    int subscribers,
    int capacity,
    boolean draining,
    long packetsPerSecond,
    double headroom)
    implements NodeEvent {

  /// So short that a node may stand still for two seconds, for want of a processor or while it
  /// collects garbage, and is missed soon all the same when it has died.
  public static final Duration INTERVAL = Duration.ofMillis(400);

  /// A node that has nothing to do.
  public NodeHeartbeat(
      NodeId node,
      String region,
      String zone,
      int publishers,
      int subscribers,
      int capacity,
      boolean draining) {
    this(node, region, zone, publishers, subscribers, capacity, draining, 0, 1);
  }

  public int sessions() {
    return publishers + subscribers;
  }
}
