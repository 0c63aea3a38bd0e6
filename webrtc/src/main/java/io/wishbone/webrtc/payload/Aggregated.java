package io.wishbone.webrtc.payload;

import java.nio.ByteBuffer;

/// NAL units packed one behind the other, each behind 16 bits of size: STAP-A of H.264 (RFC 6184
/// section 5.7.1) and AP of H.265 (RFC 7798 section 4.4.2).
final class Aggregated {

  private static final int SIZE_LENGTH = 2;

  private Aggregated() {}

  /// Where the NAL unit starts whose size field is here, or -1 when there is none: at the end, when
  /// it is empty, or when it reaches beyond the end.
  static int at(ByteBuffer b, int sizeField, int end) {
    if (sizeField + SIZE_LENGTH > end) {
      return -1;
    }
    int size = Short.toUnsignedInt(b.getShort(sizeField));
    int nal = sizeField + SIZE_LENGTH;
    return size == 0 || size > end - nal ? -1 : nal;
  }

  /// Where the NAL unit ends that [#at] found.
  static int endOf(ByteBuffer b, int nal) {
    return nal + Short.toUnsignedInt(b.getShort(nal - SIZE_LENGTH));
  }

  /// The NAL unit behind the one that [#at] found, or -1.
  static int after(ByteBuffer b, int nal, int end) {
    return at(b, endOf(b, nal), end);
  }
}
