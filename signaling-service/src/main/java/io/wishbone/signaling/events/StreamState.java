package io.wishbone.signaling.events;

import io.wishbone.control.StreamStatus;
import io.wishbone.control.VideoLayer;
import java.util.Collection;
import java.util.List;

/// How a stream is doing, all nodes taken together.
///
/// @param live whether it has a publisher that is connected
/// @param viewers that are connected
/// @param layers the qualities of its picture, empty when there is none
public record StreamState(boolean live, int viewers, List<VideoLayer> layers) {

  /// Of a stream that nobody has reported.
  static final StreamState UNKNOWN = new StreamState(false, 0, List.of());

  static StreamState of(Collection<StreamStatus> reports) {
    boolean live = false;
    int viewers = 0;
    List<VideoLayer> layers = List.of();
    for (StreamStatus report : reports) {
      live |= report.live();
      viewers += report.viewers();
      layers = report.live() ? report.layers() : layers;
    }
    return new StreamState(live, viewers, layers);
  }
}
