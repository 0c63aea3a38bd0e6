package io.wishbone.webrtc.payload;

import java.nio.ByteBuffer;

/// Reads bits and Exp-Golomb numbers of a NAL unit and leaves out its emulation prevention bytes:
/// the 3 of each 0, 0, 3 (H.264 sections 7.3.1, 9.1). Reading beyond the end gives zeros and is
/// remembered.
final class NalBitReader {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private ByteBuffer buffer = NOTHING;
  private int at;
  private int end;
  private int current;
  private int bitsLeft;
  private int zeros;
  private boolean failed;

  void wrap(ByteBuffer buffer, int offset, int end) {
    this.buffer = buffer;
    this.at = offset;
    this.end = end;
    bitsLeft = 0;
    zeros = 0;
    failed = false;
  }

  /// Whether something was read that is not there, or a number that is too large.
  boolean isFailed() {
    return failed;
  }

  int bit() {
    if (bitsLeft == 0) {
      nextByte();
    }
    bitsLeft--;
    return current >> bitsLeft & 1;
  }

  private void nextByte() {
    if (zeros >= 2 && at < end && buffer.get(at) == 3) {
      at++;
      zeros = 0;
    }
    if (at < end) {
      current = Byte.toUnsignedInt(buffer.get(at++));
    } else {
      current = 0;
      failed = true;
    }
    zeros = current == 0 ? zeros + 1 : 0;
    bitsLeft = 8;
  }

  int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | bit();
    }
    return value;
  }

  /// ue(v). A number beyond 31 bits fails.
  int unsigned() {
    int leadingZeros = 0;
    while (bit() == 0) {
      if (failed || ++leadingZeros > 31) {
        failed = true;
        return 0;
      }
    }
    int value = (1 << leadingZeros) - 1 + bits(leadingZeros);
    if (value < 0) {
      failed = true;
      return 0;
    }
    return value;
  }

  /// se(v).
  int signed() {
    int code = unsigned();
    return (code & 1) == 1 ? (code >> 1) + 1 : -(code >> 1);
  }
}
