package io.wishbone.webrtc.payload;

import java.nio.ByteBuffer;

/// Reads bits, most significant first. Reading beyond the end gives zeros and is remembered.
/// Reused.
final class BitReader {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private ByteBuffer buffer = NOTHING;
  private int offset;
  private int end;
  private int at;
  private boolean failed;

  void wrap(ByteBuffer buffer, int offset, int length) {
    this.buffer = buffer;
    this.offset = offset;
    this.end = length * Byte.SIZE;
    at = 0;
    failed = false;
  }

  /// Bits read so far.
  int position() {
    return at;
  }

  /// Whether something was read that is not there.
  boolean isFailed() {
    return failed;
  }

  boolean flag() {
    return bits(1) != 0;
  }

  /// f(n), up to 32 bits.
  long bits(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value <<= 1;
      if (at < end) {
        value |= buffer.get(offset + (at >> 3)) >> (7 - (at & 7)) & 1;
        at++;
      } else {
        failed = true;
      }
    }
    return value;
  }

  /// ns(n): one of `values` numbers, in as few bits as that takes.
  int nonSymmetric(int values) {
    int width = Integer.SIZE - Integer.numberOfLeadingZeros(values);
    int shorter = (1 << width) - values;
    int value = (int) bits(width - 1);
    return value < shorter ? value : (value << 1) - shorter + (int) bits(1);
  }
}
