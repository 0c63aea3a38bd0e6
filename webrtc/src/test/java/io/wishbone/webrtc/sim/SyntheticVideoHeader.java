package io.wishbone.webrtc.sim;

import io.wishbone.webrtc.payload.Codec;

/// How a payload of a synthetic camera begins: what a forwarder reads of it, and no more.
final class SyntheticVideoHeader {
  private SyntheticVideoHeader() {}

  /// @param first the first payload of its frame
  /// @param last the last one
  /// @param pictureId 15 bits, where the codec has it
  static byte[] of(
      Codec codec,
      boolean first,
      boolean last,
      boolean keyframe,
      int pictureId,
      int width,
      int height) {
    return switch (codec) {
      case VP8 -> vp8(first, keyframe, pictureId, width, height);
      case VP9 -> bytes((keyframe ? 0 : 0x40) | (first ? 0x08 : 0) | (last ? 0x04 : 0));
      case H264 -> bytes(keyframe ? 0x65 : 0x41);
      case H265 -> bytes(keyframe ? 0x26 : 0x02, 0x01);
      case AV1 ->
          bytes((first ? 0 : 0x80) | (last ? 0 : 0x40) | 0x10 | (first && keyframe ? 0x08 : 0));
      case OPUS, PCMU, PCMA, G722 -> throw new IllegalArgumentException(codec + " is no video");
    };
  }

  /// The long form of RFC 7741 section 4.2 with a 15-bit picture ID, so that rewriting has
  /// something to rewrite. Behind it, in a frame's first payload, what RFC 6386 section 9.1 begins
  /// a frame with: bit 0 of the tag is 0 for keyframes; then start code and size.
  ///
  /// ```
  ///  |X|R|N|S|R| PID | |I|L|T|K| RSV   | |M| PictureID (15 bits) |
  /// ```
  private static byte[] vp8(boolean first, boolean keyframe, int pictureId, int width, int height) {
    int high = 0x80 | pictureId >> 8;
    if (!first) {
      return bytes(0x80, 0x80, high, pictureId);
    }
    int w = width;
    int h = height;
    return keyframe
        ? bytes(0x90, 0x80, high, pictureId, 0x10, 0, 0, 0x9d, 1, 0x2a, w, w >> 8, h, h >> 8)
        : bytes(0x90, 0x80, high, pictureId, 0x11);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
