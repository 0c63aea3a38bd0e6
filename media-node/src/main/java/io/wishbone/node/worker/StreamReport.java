package io.wishbone.node.worker;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a stream is doing.
///
/// @param live whether a publisher is connected, or a relay that the stream comes from
/// @param viewers that are connected
/// @param layers the qualities of the picture, empty when there is none
/// @param parent the node that the stream comes, or last came, from; null when that is a publisher
/// @param home whether the stream comes from outside of this node here, from its publisher or
///   another node; else another worker of the node knows better how its source is
public record StreamReport(
    String stream,
    boolean live,
    int viewers,
    List<Layer> layers,
    @Nullable String parent,
    boolean home) {
  public StreamReport {
    layers = List.copyOf(layers);
  }

  /// Of a stream that comes from no other node.
  public StreamReport(String stream, boolean live, int viewers, List<Layer> layers) {
    this(stream, live, viewers, layers, null, true);
  }

  /// One quality of the picture.
  ///
  /// @param rid the name of the simulcast encoding, null without simulcast
  /// @param bitrate in bits per second as measured, 0 while nothing is sent
  /// @param width in pixels, 0 while it is not known
  /// @param height in pixels, 0 while it is not known
  /// @param spatialLayers from the lowest on, the highest of which has that size; empty for an
  ///   encoding that has but one layer
  public record Layer(
      @Nullable String rid, long bitrate, int width, int height, List<SpatialLayer> spatialLayers) {
    public Layer {
      spatialLayers = List.copyOf(spatialLayers);
    }

    /// Of an encoding without layers.
    public Layer(@Nullable String rid, long bitrate, int width, int height) {
      this(rid, bitrate, width, height, List.of());
    }

    static Layer of(io.wishbone.node.stream.Layer layer) {
      return new Layer(
          layer.rid(),
          layer.bitrate(),
          layer.width(),
          layer.height(),
          layer.spatialLayers().stream().map(SpatialLayer::of).toList());
    }

    boolean isActive() {
      return bitrate > 0;
    }

    private boolean isLike(Layer other) {
      return withoutBitrates().equals(other.withoutBitrates());
    }

    /// Only whether something is sent.
    private Layer withoutBitrates() {
      return new Layer(
          rid,
          sign(bitrate),
          width,
          height,
          spatialLayers.stream()
              .map(each ->
                  new SpatialLayer(
                      each.width(),
                      each.height(),
                      each.bitrates().stream().map(Layer::sign).toList()))
              .toList());
    }

    private static long sign(long bitrate) {
      return Long.signum(bitrate);
    }
  }

  /// A spatial layer of an encoding, and the temporal layers that it is sent in.
  ///
  /// @param width in pixels, 0 while it is not known
  /// @param height in pixels, 0 while it is not known
  /// @param bitrates for each temporal layer, from the lowest on, what it takes with all that lies
  ///   below, bits a second as measured; 0 while it is not sent
  public record SpatialLayer(int width, int height, List<Long> bitrates) {
    public SpatialLayer {
      bitrates = List.copyOf(bitrates);
    }

    static SpatialLayer of(io.wishbone.node.stream.SpatialLayer layer) {
      return new SpatialLayer(layer.width(), layer.height(), layer.bitrates());
    }
  }

  /// Whether the other one differs in nothing but bitrates.
  boolean isLike(StreamReport other) {
    if (!Objects.equals(parent, other.parent)
        || live != other.live
        || viewers != other.viewers
        || layers.size() != other.layers.size()) {
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
