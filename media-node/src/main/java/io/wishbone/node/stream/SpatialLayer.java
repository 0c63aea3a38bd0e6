package io.wishbone.node.stream;

import java.util.List;

/// A spatial layer of an encoding, and the temporal layers that it is sent in.
///
/// @param width of the picture in pixels, 0 while it is not known
/// @param height of the picture in pixels, 0 while it is not known
/// @param bitrates for each temporal layer, from the lowest on, what it takes with all that lies
///   below, bits a second as measured; 0 while it is not sent
public record SpatialLayer(int width, int height, List<Long> bitrates) {
  public SpatialLayer {
    bitrates = List.copyOf(bitrates);
  }
}
