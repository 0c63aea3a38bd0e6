package io.wishbone.webrtc.srtp;

import java.nio.ByteBuffer;

/// Where the parts of an SRTCP packet are. The word and the tag have changed places between RFC
/// 3711 section 3.4 and RFC 7714 section 9.1:
///
/// ```text
/// counter mode  header[8] encrypted[..] E|index[4] tag[10]
/// GCM           header[8] encrypted[..] tag[16] E|index[4]
/// ```
final class RtcpLayout {

  static final int HEADER_LENGTH = 8;
  static final int ENCRYPTED = 0x8000_0000;
  static final int HIGHEST_INDEX = 0x7fff_ffff;

  private final int overhead;
  private final int tagAfterPlain;
  private final int wordAfterPlain;

  RtcpLayout(SrtpProfile profile) {
    this.overhead = profile.rtcpOverhead();
    this.tagAfterPlain = profile.isAead() ? 0 : SrtpProfile.RTCP_WORD_LENGTH;
    this.wordAfterPlain = profile.isAead() ? profile.tagLength() : 0;
  }

  int overhead() {
    return overhead;
  }

  int tagOffset(int plainEnd) {
    return plainEnd + tagAfterPlain;
  }

  int wordOffset(int plainEnd) {
    return plainEnd + wordAfterPlain;
  }

  /// Whether this may be the plain part of an RTCP packet: version 2, and an SSRC to it.
  static boolean isRtcp(ByteBuffer buffer, int offset, int plainLength) {
    return plainLength >= HEADER_LENGTH && (buffer.get(offset) & 0xff) >>> 6 == 2;
  }
}
