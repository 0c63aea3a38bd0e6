package io.wishbone.webrtc.srtp;

import java.nio.ByteBuffer;

/// How much of an RTP packet is header and stays readable (RFC 3550 section 5.1 and 5.3.1).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// |                           timestamp                           |
/// |                             SSRC                              |
/// |                       CSRC x CC, if any                       |
/// |  defined by profile, if X     |      length in words          |
/// |                          extension                            |
/// ```
final class RtpHeaderLength {

  static final int FIXED = 12;
  static final int MALFORMED = -1;

  private static final int EXTENSION_HEADER = 4;

  private RtpHeaderLength() {}

  /// @return the length of fixed header, CSRCs and extension, which is at most `length`; or
  ///   [#MALFORMED]
  static int of(ByteBuffer buffer, int offset, int length) {
    if (length < FIXED) {
      return MALFORMED;
    }
    int first = buffer.get(offset) & 0xff;
    if (first >>> 6 != 2) {
      return MALFORMED;
    }
    int header = FIXED + 4 * (first & 0x0f);
    if ((first & 0x10) != 0) {
      if (length < header + EXTENSION_HEADER) {
        return MALFORMED;
      }
      int words = buffer.getShort(offset + header + 2) & 0xffff;
      header += EXTENSION_HEADER + 4 * words;
    }
    return header <= length ? header : MALFORMED;
  }
}
