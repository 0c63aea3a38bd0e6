package io.wishbone.it.tracing;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Reads the wire format of Protocol Buffers, field by field.
final class ProtobufReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  private final ByteBuffer bytes;
  private int tag;

  ProtobufReader(ByteBuffer bytes) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  /// The number of the next field, 0 at the end.
  int next() {
    tag = bytes.hasRemaining() ? (int) varint() : 0;
    return tag >>> 3;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = bytes.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number without an end");
  }

  long fixed64() {
    return bytes.getLong();
  }

  ProtobufReader message() {
    int length = (int) varint();
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer inner = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return new ProtobufReader(inner);
  }

  String text() {
    return new String(message().rest(), StandardCharsets.UTF_8);
  }

  String hex() {
    return HexFormat.of().formatHex(message().rest());
  }

  private byte[] rest() {
    byte[] rest = new byte[bytes.remaining()];
    bytes.get(rest);
    return rest;
  }

  void skip() {
    switch (tag & 7) {
      case VARINT -> varint();
      case FIXED64 -> bytes.getLong();
      case LENGTH -> message();
      case FIXED32 -> bytes.getInt();
      default -> throw new IllegalArgumentException("no wire type: " + (tag & 7));
    }
  }
}
