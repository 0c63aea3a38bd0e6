package io.wishbone.node.worker;

import io.wishbone.node.stream.LayerChoice;
import io.wishbone.node.stream.LayerLimits;
import org.jspecify.annotations.Nullable;

/// The quality that a viewer asks for; what is null, it says nothing of.
///
/// @param rid the name of a simulcast encoding
/// @param maxWidth the widest picture, in pixels
/// @param maxHeight the highest picture, in pixels
/// @param spatial the spatial layer that is to be seen
/// @param temporal the temporal layer up to which frames are to be seen
/// @param maxSpatial the highest spatial layer that may be sent
/// @param maxTemporal the highest temporal layer that may be sent
public record LayerRequest(
    @Nullable String rid,
    @Nullable Integer maxWidth,
    @Nullable Integer maxHeight,
    @Nullable Integer spatial,
    @Nullable Integer temporal,
    @Nullable Integer maxSpatial,
    @Nullable Integer maxTemporal) {

  LayerChoice choice() {
    return new LayerChoice(
        rid,
        pixels(maxWidth),
        pixels(maxHeight),
        new LayerLimits(layer(spatial), layer(temporal), layer(maxSpatial), layer(maxTemporal)));
  }

  private static int layer(@Nullable Integer layer) {
    return layer == null ? LayerLimits.ANY : layer;
  }

  private static int pixels(@Nullable Integer limit) {
    return limit == null ? Integer.MAX_VALUE : limit;
  }
}
