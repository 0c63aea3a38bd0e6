package io.wishbone.webrtc.dtls;

import java.nio.ByteBuffer;

/// Where things are in the header of a DTLS record, RFC 6347 section 4.1. See [DtlsFilter].
final class DtlsRecord {

  static final int HEADER_LENGTH = 13;

  static final int CHANGE_CIPHER_SPEC = 20;
  static final int ALERT = 21;
  static final int HANDSHAKE = 22;
  static final int APPLICATION_DATA = 23;

  static final int VERSION_1_0 = 0xfeff;
  static final int VERSION_1_2 = 0xfefd;

  private DtlsRecord() {}

  static int contentType(ByteBuffer buffer, int record) {
    return buffer.get(record) & 0xff;
  }

  static int version(ByteBuffer buffer, int record) {
    return buffer.getShort(record + 1) & 0xffff;
  }

  static int epoch(ByteBuffer buffer, int record) {
    return buffer.getShort(record + 3) & 0xffff;
  }

  static long sequenceNumber(ByteBuffer buffer, int record) {
    return buffer.getLong(record + 3) & 0xffff_ffff_ffffL;
  }

  /// Where the record ends, which is after its header; -1 if that is not within the datagram.
  static int end(ByteBuffer buffer, int record, int datagramEnd) {
    if (datagramEnd - record <= HEADER_LENGTH) {
      return -1;
    }
    int length = buffer.getShort(record + 11) & 0xffff;
    return length == 0 || length > datagramEnd - record - HEADER_LENGTH
        ? -1
        : record + HEADER_LENGTH + length;
  }

  static boolean isClearHandshake(ByteBuffer buffer, int record) {
    return contentType(buffer, record) == HANDSHAKE && epoch(buffer, record) == 0;
  }
}
