package io.wishbone.webrtc.dtls;

import java.nio.ByteBuffer;

/// Where things are in the header of a handshake fragment, RFC 6347 section 4.2.2. See
/// [DtlsFilter].
final class HandshakeFragment {

  static final int HEADER_LENGTH = 12;

  private HandshakeFragment() {}

  static int messageType(ByteBuffer buffer, int at) {
    return buffer.get(at) & 0xff;
  }

  static int messageLength(ByteBuffer buffer, int at) {
    return unsigned24(buffer, at + 1);
  }

  static int messageSequence(ByteBuffer buffer, int at) {
    return buffer.getShort(at + 4) & 0xffff;
  }

  static int offset(ByteBuffer buffer, int at) {
    return unsigned24(buffer, at + 6);
  }

  static int length(ByteBuffer buffer, int at) {
    return unsigned24(buffer, at + 9);
  }

  /// Where the fragment ends; -1 if that is not within the record.
  static int end(ByteBuffer buffer, int at, int recordEnd) {
    if (recordEnd - at < HEADER_LENGTH) {
      return -1;
    }
    int length = length(buffer, at);
    return length > recordEnd - at - HEADER_LENGTH ? -1 : at + HEADER_LENGTH + length;
  }

  private static int unsigned24(ByteBuffer buffer, int at) {
    return (buffer.get(at) & 0xff) << 16 | buffer.getShort(at + 1) & 0xffff;
  }
}
