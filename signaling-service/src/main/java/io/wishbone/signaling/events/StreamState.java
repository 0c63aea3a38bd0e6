package io.wishbone.signaling.events;

import io.wishbone.control.NodeId;
import io.wishbone.control.StreamStatus;
import io.wishbone.control.VideoLayer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How a stream is doing, all nodes taken together. A node that has it from another node makes it
/// neither live nor of other qualities: only the one that has its publisher does.
///
/// @param known whether any node has said something of it
/// @param liveAt the nodes at which it has a publisher that is connected
/// @param carriers the nodes that have it, from its publisher or from another node
/// @param viewers that are connected
/// @param layers the qualities of its picture, empty when there is none
public record StreamState(
    boolean known, Set<NodeId> liveAt, Set<NodeId> carriers, int viewers, List<VideoLayer> layers) {

  /// Of a stream that nobody has reported.
  static final StreamState UNKNOWN = new StreamState(false, Set.of(), Set.of(), 0, List.of());

  public StreamState {
    liveAt = Set.copyOf(liveAt);
    carriers = Set.copyOf(carriers);
    layers = List.copyOf(layers);
  }

  /// Whether it has a publisher that is connected.
  public boolean live() {
    return !liveAt.isEmpty();
  }

  static StreamState of(Collection<StreamStatus> reports) {
    Set<NodeId> liveAt = new HashSet<>();
    Set<NodeId> carriers = new HashSet<>();
    int viewers = 0;
    List<VideoLayer> layers = List.of();
    for (StreamStatus report : reports) {
      viewers += report.viewers();
      if (report.live()) {
        carriers.add(report.node());
        if (report.parent() == null) {
          liveAt.add(report.node());
          layers = report.layers();
        }
      }
    }
    return new StreamState(true, liveAt, carriers, viewers, layers);
  }
}
