package io.wishbone.webrtc.sim;

import io.wishbone.webrtc.payload.Codec;
import java.io.ByteArrayOutputStream;

/// How a payload of a [LayeredCamera] begins: descriptors as RFC 7741 section 4.2, RFC 9628 section
/// 4.2 and the AV1 RTP specification, section 4.4, have them.
final class LayeredHeader {
  private LayeredHeader() {}

  static byte[] of(Codec codec, LayeredPacket packet, int spatialLayers, int temporalZero) {
    return switch (codec) {
      case VP8 -> vp8(packet, temporalZero);
      case VP9 -> vp9(packet, spatialLayers, temporalZero);
      case AV1 -> av1(packet);
      case OPUS, PCMU, PCMA, G722, H264, H265 ->
          throw new IllegalArgumentException(codec + " has no layers here");
    };
  }

  /// PictureID, TL0PICIDX, TID and Y; then the tag that a frame begins with.
  private static byte[] vp8(LayeredPacket packet, int temporalZero) {
    var bytes = new ByteArrayOutputStream();
    bytes.write(0x80 | (packet.isFirst() ? 0x10 : 0) | (packet.temporal() == 2 ? 0x20 : 0));
    bytes.write(0xE0);
    writePictureId(bytes, packet);
    bytes.write(temporalZero);
    bytes.write(packet.temporal() << 6 | (packet.sync() ? 0x20 : 0));
    writeFrameTag(bytes, packet);
    return bytes.toByteArray();
  }

  /// Without anything that could be left out.
  static byte[] plainVp8(LayeredPacket packet) {
    var bytes = new ByteArrayOutputStream();
    bytes.write((packet.isFirst() ? 0x10 : 0) | (packet.temporal() == 2 ? 0x20 : 0));
    writeFrameTag(bytes, packet);
    return bytes.toByteArray();
  }

  private static void writeFrameTag(ByteArrayOutputStream bytes, LayeredPacket packet) {
    if (packet.isFirst() && packet.keyframe()) {
      bytes.writeBytes(new byte[] {0x10, 0, 0, (byte) 0x9d, 1, 0x2a, 0, 5, (byte) 0xd0, 2});
    } else if (packet.isFirst()) {
      bytes.write(0x11);
    }
  }

  /// Non-flexible mode; every picture is a switching up point but those that lean on a higher one.
  private static byte[] vp9(LayeredPacket packet, int spatialLayers, int temporalZero) {
    var bytes = new ByteArrayOutputStream();
    boolean structure = packet.keyframe() && packet.isFirst() && packet.spatial() == 0;
    bytes.write(
        0xA0
            | (packet.keyframe() ? 0 : 0x40)
            | (packet.isFirst() ? 0x08 : 0)
            | (packet.isLast() ? 0x04 : 0)
            | (structure ? 0x02 : 0));
    writePictureId(bytes, packet);
    boolean up = packet.temporal() == 0 || packet.sync();
    bytes.write(
        packet.temporal() << 5
            | (up ? 0x10 : 0)
            | packet.spatial() << 1
            | (packet.spatial() > 0 ? 1 : 0));
    bytes.write(temporalZero);
    if (structure) {
      bytes.write((spatialLayers - 1) << 5 | 0x10);
      for (int i = 0; i < spatialLayers; i++) {
        int width = 1280 >> (spatialLayers - 1 - i);
        int height = 720 >> (spatialLayers - 1 - i);
        bytes.writeBytes(
            new byte[] {(byte) (width >> 8), (byte) width, (byte) (height >> 8), (byte) height});
      }
    }
    return bytes.toByteArray();
  }

  /// One OBU element, a frame.
  private static byte[] av1(LayeredPacket packet) {
    int aggregation =
        (packet.isFirst() ? 0 : 0x80)
            | (packet.isLast() ? 0 : 0x40)
            | 0x10
            | (packet.isFirst() && packet.keyframe() && packet.spatial() == 0 ? 0x08 : 0);
    return new byte[] {(byte) aggregation, 0x30};
  }

  private static void writePictureId(ByteArrayOutputStream bytes, LayeredPacket packet) {
    bytes.write(0x80 | packet.picture() >> 8 & 0x7F);
    bytes.write(packet.picture());
  }
}
