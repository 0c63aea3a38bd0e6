package io.wishbone.webrtc.payload;

import java.nio.ByteBuffer;

/// Tells whether a packet can be the first of a frame.
///
/// The last packet of a frame has the RTP marker bit (for VP9 with several spatial layers: the last
/// of the whole superframe; [Vp9Descriptor] knows the end of each layer's frame).
public final class FrameBoundary {

  private FrameBoundary() {}

  /// False means that the payload certainly continues a frame. True is certain for VP8, and for VP9
  /// it is the start of a frame of one spatial layer; the other formats cannot always tell: true
  /// then means that no earlier packet of the frame is known to be missing by looking at this one.
  public static boolean canStartFrame(Codec codec, ByteBuffer b, int offset, int length) {
    if (length <= 0) {
      return false;
    }
    return switch (codec) {
      case OPUS, PCMU, PCMA, G722 -> true;
      case VP8 -> Vp8Descriptor.startsFrame(b, offset, length);
      case VP9 -> Vp9Descriptor.startsFrame(b, offset, length);
      case H264 -> H264Payload.canStartFrame(b, offset, length);
      case H265 -> H265Payload.canStartFrame(b, offset, length);
      case AV1 -> Av1Payload.canStartFrame(b, offset, length);
    };
  }
}
