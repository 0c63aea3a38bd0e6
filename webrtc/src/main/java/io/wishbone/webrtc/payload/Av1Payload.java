package io.wishbone.webrtc.payload;

import java.nio.ByteBuffer;

/// AV1 payloads (RTP Payload Format For AV1, section 4.4).
///
/// ```
///  0 1 2 3 4 5 6 7
/// +-+-+-+-+-+-+-+-+  Z: begins in the middle of an OBU, Y: ends in the middle of one
/// |Z|Y| W |N|-|-|-|  W: how many OBU elements follow, the last without length; 0: all have one
/// +-+-+-+-+-+-+-+-+  N: first packet of a coded video sequence
/// | leb128 length |
/// +-+-+-+-+-+-+-+-+
/// |F| type  |X|S|-|  OBU header
/// ```
final class Av1Payload {

  private static final int CONTINUES = 0x80;
  private static final int NEW_SEQUENCE = 0x08;
  private static final int SEQUENCE_HEADER = 1;
  private static final int TEMPORAL_DELIMITER = 2;

  /// Elements looked at in search of a sequence header; it comes first in practice.
  private static final int MAX_ELEMENTS = 8;

  /// A length has at most 8 bytes, but one beyond 4 cannot fit a datagram.
  private static final int MAX_LENGTH_BYTES = 4;

  private Av1Payload() {}

  static boolean startsKeyframe(ByteBuffer b, int offset, int length) {
    int header = b.get(offset);
    if ((header & CONTINUES) != 0) {
      return false;
    }
    return (header & NEW_SEQUENCE) != 0 || startsWithSequenceHeader(b, offset, length);
  }

  static boolean canStartFrame(ByteBuffer b, int offset, int length) {
    return (b.get(offset) & CONTINUES) == 0;
  }

  /// Whether a sequence header comes before anything but temporal delimiters, from senders that do
  /// not set N.
  private static boolean startsWithSequenceHeader(ByteBuffer b, int offset, int length) {
    int end = offset + length;
    int count = b.get(offset) >> 4 & 3;
    int at = offset + 1;
    for (int i = 1; i <= MAX_ELEMENTS; i++) {
      int size = 0;
      if (i != count) {
        boolean more = true;
        for (int shift = 0; more; shift += 7) {
          if (at >= end || shift == 7 * MAX_LENGTH_BYTES) {
            return false;
          }
          int part = b.get(at++);
          size |= (part & 0x7F) << shift;
          more = part < 0;
        }
      } else {
        size = end - at;
      }
      if (size == 0 || size > end - at) {
        return false;
      }
      int type = b.get(at) >> 3 & 0x0F;
      if (type != TEMPORAL_DELIMITER) {
        return type == SEQUENCE_HEADER;
      }
      at += size;
    }
    return false;
  }
}
