package io.wishbone.webrtc.dtls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Takes datagrams apart and builds records by hand.
final class Records {

  private Records() {}

  static List<byte[]> of(byte[] datagram) {
    ByteBuffer buffer = ByteBuffer.wrap(datagram);
    List<byte[]> records = new ArrayList<>();
    for (int at = 0; at < datagram.length; ) {
      int end = DtlsRecord.end(buffer, at, datagram.length);
      records.add(Arrays.copyOfRange(datagram, at, end));
      at = end;
    }
    return records;
  }

  /// The types of the handshake messages in clear text, in the order of their records.
  static List<Integer> messageTypes(List<byte[]> datagrams) {
    return datagrams.stream()
        .flatMap(datagram -> of(datagram).stream())
        .map(ByteBuffer::wrap)
        .filter(record -> DtlsRecord.isClearHandshake(record, 0))
        .map(record -> HandshakeFragment.messageType(record, DtlsRecord.HEADER_LENGTH))
        .toList();
  }

  static byte[] record(int contentType, int version, int epoch, long sequence, byte[] body) {
    return ByteBuffer.allocate(DtlsRecord.HEADER_LENGTH + body.length)
        .put((byte) contentType)
        .putShort((short) version)
        .putLong((long) epoch << 48 | sequence)
        .putShort((short) body.length)
        .put(body)
        .array();
  }

  static byte[] handshakeRecord(byte[]... fragments) {
    return record(DtlsRecord.HANDSHAKE, DtlsRecord.VERSION_1_2, 0, 0, concat(fragments));
  }

  static byte[] fragment(int type, int length, int sequence, int offset, int fragmentLength) {
    return ByteBuffer.allocate(HandshakeFragment.HEADER_LENGTH + fragmentLength)
        .putInt(type << 24 | length)
        .putShort((short) sequence)
        .put((byte) (offset >>> 16))
        .putShort((short) offset)
        .put((byte) (fragmentLength >>> 16))
        .putShort((short) fragmentLength)
        .array();
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /// The same datagram as many: a record each, and every message in clear text in fragments of at
  /// most `size` bytes. Records in clear text get sequence numbers with room between them.
  static List<byte[]> refragment(byte[] datagram, int size) {
    List<byte[]> pieces = new ArrayList<>();
    for (byte[] bytes : of(datagram)) {
      ByteBuffer record = ByteBuffer.wrap(bytes);
      if (!DtlsRecord.isClearHandshake(record, 0)) {
        pieces.add(DtlsRecord.epoch(record, 0) == 0 ? spaced(bytes, 0) : bytes);
        continue;
      }
      int at = DtlsRecord.HEADER_LENGTH;
      int length = HandshakeFragment.length(record, at);
      for (int done = 0, i = 0; done < length || i == 0; done += size, i++) {
        int piece = Math.min(size, length - done);
        byte[] fragment =
            fragment(
                HandshakeFragment.messageType(record, at),
                HandshakeFragment.messageLength(record, at),
                HandshakeFragment.messageSequence(record, at),
                HandshakeFragment.offset(record, at) + done,
                piece);
        record.get(
            at + HandshakeFragment.HEADER_LENGTH + done,
            fragment,
            HandshakeFragment.HEADER_LENGTH,
            piece);
        byte[] split =
            record(
                DtlsRecord.HANDSHAKE,
                DtlsRecord.version(record, 0),
                0,
                DtlsRecord.sequenceNumber(record, 0),
                fragment);
        pieces.add(spaced(split, i));
      }
    }
    return pieces;
  }

  private static byte[] spaced(byte[] record, int index) {
    ByteBuffer buffer = ByteBuffer.wrap(record.clone());
    buffer.putLong(3, DtlsRecord.sequenceNumber(buffer, 0) * 8 + index);
    return buffer.array();
  }
}
