package io.wishbone.webrtc.rtcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Text of at most 255 bytes of UTF-8, as SDES items and BYE carry it.
final class RtcpText {

  private static final int MAX_LENGTH = 255;

  private RtcpText() {}

  /// Bytes that are no UTF-8 come out as U+FFFD.
  static String read(ByteBuffer buffer, int offset, int length) {
    byte[] bytes = new byte[length];
    buffer.get(offset, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// The text as bytes; of a longer one, the characters that fit whole.
  static byte[] encode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_LENGTH) {
      return bytes;
    }
    int end = MAX_LENGTH;
    while ((bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return Arrays.copyOf(bytes, end);
  }
}
