package io.wishbone.control;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A spatial layer of an encoding, and the temporal layers that it is sent in.
///
/// @param width of the picture in pixels, 0 while it is not known
/// @param height of the picture in pixels, 0 while it is not known
/// @param bitrates for each temporal layer, from the lowest on, what it takes with all that lies
///   below, bits a second as measured; 0 while it is not sent
public record SpatialLayer(int width, int height, List<Long> bitrates) {

  /// As many as VP9 has.
  public static final int MAX_TEMPORAL_LAYERS = 8;

  public SpatialLayer(int width, int height, @Nullable List<Long> bitrates) {
    this.width = width;
    this.height = height;
    this.bitrates =
        bitrates == null
            ? List.of()
            : List.copyOf(bitrates.stream().limit(MAX_TEMPORAL_LAYERS).toList());
  }
}
