package io.wishbone.webrtc.payload;

import java.nio.ByteBuffer;

/// Sound with copies of what was sent before it (RED, RFC 2198), as one side names it. Behind the
/// headers lie the blocks, the newest last:
///
/// ```
///  0                   1                    2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3  4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |1|  block PT   |  timestamp offset         |   block length     |   each copy
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |0|  block PT   |                                                    the primary block
/// +-+-+-+-+-+-+-+-+
/// ```
///
/// @param payloadType of the packets
/// @param blockPayloadType of the blocks, which are all of one codec here
public record RedFormat(int payloadType, int blockPayloadType) {
  /// No well-formed payload.
  public static final int MALFORMED = -1;

  /// Copies in a packet. libwebrtc sends 9 at most.
  private static final int MAX_COPIES = 32;

  private static final int COPY_HEADER = 4;
  private static final int PRIMARY_HEADER = 1;
  private static final int FOLLOWED = 0x80;
  private static final int PAYLOAD_TYPE = 0x7F;
  private static final int LENGTH = 0x3FF;

  /// Where in the payload the primary block begins, [#MALFORMED] when that cannot be told, there is
  /// nothing in it, or a block is of another codec.
  public int primary(ByteBuffer buffer, int offset, int length) {
    int at = 0;
    int copies = 0;
    for (int headers = 0; headers <= MAX_COPIES; headers++) {
      if (at >= length) {
        return MALFORMED;
      }
      int first = buffer.get(offset + at);
      if ((first & PAYLOAD_TYPE) != blockPayloadType) {
        return MALFORMED;
      }
      if ((first & FOLLOWED) == 0) {
        int primary = at + PRIMARY_HEADER + copies;
        return primary < length ? primary : MALFORMED;
      }
      if (at + COPY_HEADER > length) {
        return MALFORMED;
      }
      copies += buffer.getShort(offset + at + 2) & LENGTH;
      at += COPY_HEADER;
    }
    return MALFORMED;
  }

  /// Names the blocks of a well-formed payload anew, in place.
  public void rename(ByteBuffer buffer, int offset) {
    int at = offset;
    while ((buffer.get(at) & FOLLOWED) != 0) {
      buffer.put(at, (byte) (FOLLOWED | blockPayloadType));
      at += COPY_HEADER;
    }
    buffer.put(at, (byte) blockPayloadType);
  }
}
