package io.wishbone.node.worker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a stream is doing.
///
/// @param live whether a publisher is connected
/// @param viewers that are connected
/// @param layers the qualities of the picture, empty when there is none
public record StreamReport(String stream, boolean live, int viewers, List<Layer> layers) {
  public StreamReport {
    layers = List.copyOf(layers);
  }

  /// One quality of the picture.
  ///
  /// @param rid the name of the simulcast encoding, null without simulcast
  /// @param bitrate in bits per second as measured, 0 while nothing is sent
  /// @param width in pixels, 0 while it is not known
  /// @param height in pixels, 0 while it is not known
  public record Layer(@Nullable String rid, long bitrate, int width, int height) {

    static Layer of(io.wishbone.node.stream.Layer layer) {
      return new Layer(layer.rid(), layer.bitrate(), layer.width(), layer.height());
    }

    boolean isActive() {
      return bitrate > 0;
    }

    private boolean isLike(Layer other) {
      return withBitrate(isActive()).equals(other.withBitrate(other.isActive()));
    }

    private Layer withBitrate(boolean active) {
      return new Layer(rid, active ? 1 : 0, width, height);
    }
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
