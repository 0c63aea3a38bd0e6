package io.wishbone.webrtc.rtcp;

import java.nio.ByteBuffer;

/// The four bytes that every RTCP packet starts with, and numbers as RTCP writes them.
final class RtcpWire {

  static final int HEADER_LENGTH = 4;

  /// Header, SSRC of the sender, SSRC of the media source (RFC 4585 section 6.1).
  static final int FEEDBACK_HEADER_LENGTH = 12;

  static final int TRANSPORT_LAYER_FEEDBACK = 205;
  static final int PAYLOAD_SPECIFIC_FEEDBACK = 206;

  private RtcpWire() {}

  static void header(ByteBuffer buffer, int offset, int countOrFormat, int packetType, int length) {
    buffer.put(offset, (byte) (0x80 | countOrFormat));
    buffer.put(offset + 1, (byte) packetType);
    buffer.putShort(offset + 2, (short) (length / 4 - 1));
  }

  static void feedbackHeader(
      ByteBuffer buffer,
      int offset,
      int format,
      int packetType,
      int length,
      long senderSsrc,
      long mediaSsrc) {
    header(buffer, offset, format, packetType, length);
    buffer.putInt(offset + 4, (int) senderSsrc);
    buffer.putInt(offset + 8, (int) mediaSsrc);
  }

  static long uint32(ByteBuffer buffer, int offset) {
    return Integer.toUnsignedLong(buffer.getInt(offset));
  }

  static int uint16(ByteBuffer buffer, int offset) {
    return Short.toUnsignedInt(buffer.getShort(offset));
  }

  static int uint8(ByteBuffer buffer, int offset) {
    return Byte.toUnsignedInt(buffer.get(offset));
  }

  static int padded(int length) {
    return (length + 3) & ~3;
  }
}
