package io.wishbone.control;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One quality of a stream's picture: an encoding, and the layers in it.
///
/// @param rid the name of the simulcast encoding, null without simulcast
/// @param bitrate in bits per second as measured, 0 while nothing is sent
/// @param width of the picture in pixels, 0 while it is not known
/// @param height of the picture in pixels, 0 while it is not known
/// @param spatialLayer the highest one of the encoding, which has that size
/// @param spatialLayers all of them, from the lowest on, at most [#MAX_SPATIAL_LAYERS]; empty for
///   an encoding that has but one layer, and from nodes of a version that does not tell
public record VideoLayer(
    @Nullable String rid,
    long bitrate,
    int width,
    int height,
    int spatialLayer,
    List<SpatialLayer> spatialLayers) {

  /// As many as VP9 has.
  public static final int MAX_SPATIAL_LAYERS = 8;

  public VideoLayer(
      @Nullable String rid,
      long bitrate,
      int width,
      int height,
      int spatialLayer,
      @Nullable List<SpatialLayer> spatialLayers) {
    this.rid = rid;
    this.bitrate = bitrate;
    this.width = width;
    this.height = height;
    this.spatialLayer = spatialLayer;
    this.spatialLayers =
        spatialLayers == null
            ? List.of()
            : List.copyOf(spatialLayers.stream().limit(MAX_SPATIAL_LAYERS).toList());
  }

  /// Of an encoding with these layers.
  public VideoLayer(
      @Nullable String rid, long bitrate, int width, int height, List<SpatialLayer> spatialLayers) {
    this(rid, bitrate, width, height, Math.max(0, spatialLayers.size() - 1), spatialLayers);
  }

  /// Of an encoding without layers.
  public VideoLayer(@Nullable String rid, long bitrate, int width, int height) {
    this(rid, bitrate, width, height, 0, List.of());
  }
}
