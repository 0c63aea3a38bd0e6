package io.wishbone.node.worker;

import io.wishbone.node.stream.Layer;
import java.util.List;

/// How a stream is doing.
///
/// @param live whether a publisher is connected
/// @param viewers that are connected
/// @param layers the qualities of the picture, empty when there is none
public record StreamReport(String stream, boolean live, int viewers, List<Layer> layers) {
  public StreamReport {
    layers = List.copyOf(layers);
  }

  /// Whether the other one differs in nothing but bitrates.
  boolean isLike(StreamReport other) {
    if (live != other.live || viewers != other.viewers || layers.size() != other.layers.size()) {
      return false;
    }
    for (int i = 0; i < layers.size(); i++) {
      if (!layers.get(i).isLike(other.layers.get(i))) {
        return false;
      }
    }
    return true;
  }
}
