package io.wishbone.webrtc.payload;

import java.nio.ByteBuffer;

/// Tells whether a packet begins a keyframe: whether a receiver that has nothing could start with
/// it.
public final class KeyframeDetector {

  private KeyframeDetector() {}

  /// Whether the payload begins a keyframe. For audio it always does: every packet stands alone.
  public static boolean startsKeyframe(Codec codec, ByteBuffer b, int offset, int length) {
    if (length <= 0) {
      return false;
    }
    return switch (codec) {
      case OPUS, PCMU, PCMA, G722 -> true;
      case VP8 -> Vp8Descriptor.startsKeyframe(b, offset, length);
      case VP9 -> Vp9Descriptor.startsKeyframe(b, offset, length);
      case H264 -> H264Payload.startsKeyframe(b, offset, length);
      case H265 -> H265Payload.startsKeyframe(b, offset, length);
      case AV1 -> Av1Payload.startsKeyframe(b, offset, length);
    };
  }
}
