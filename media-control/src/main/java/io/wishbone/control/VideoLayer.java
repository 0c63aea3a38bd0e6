package io.wishbone.control;

import org.jspecify.annotations.Nullable;

/// One quality of a stream's picture.
///
/// @param rid the name of the simulcast encoding, null without simulcast
/// @param bitrate in bits per second as measured, 0 while nothing is sent
/// @param width of the picture in pixels, 0 while it is not known
/// @param height of the picture in pixels, 0 while it is not known
/// @param spatialLayer the highest one of the encoding, which has that size
public record VideoLayer(
    @Nullable String rid, long bitrate, int width, int height, int spatialLayer) {

  /// Of an encoding without spatial layers.
  public VideoLayer(@Nullable String rid, long bitrate, int width, int height) {
    this(rid, bitrate, width, height, 0);
  }
}
