package io.wishbone.node.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One quality of a track, as viewers may choose it.
///
/// @param rid the name of the simulcast encoding, null without simulcast
/// @param bitrate in bits per second as measured, 0 while nothing is sent
/// @param width of the picture in pixels, 0 while it is not known
/// @param height of the picture in pixels, 0 while it is not known
/// @param spatialLayers from the lowest on, the highest of which has that size; empty for an
///   encoding that has but one layer
public record Layer(
    @Nullable String rid, long bitrate, int width, int height, List<SpatialLayer> spatialLayers) {
  public Layer {
    spatialLayers = List.copyOf(spatialLayers);
  }
}
