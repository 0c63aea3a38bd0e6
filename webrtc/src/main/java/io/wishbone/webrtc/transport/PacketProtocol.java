package io.wishbone.webrtc.transport;

import java.nio.ByteBuffer;

/// What a datagram is, told by its first bytes.
///
/// ```
///              +----------------+
///              |        [0..3] -+--> forward to STUN
///              |      [16..19] -+--> ZRTP (not spoken here)
///  packet -->  |      [20..63] -+--> forward to DTLS
///              |      [64..79] -+--> TURN channel (not spoken here)
///              |    [128..191] -+--> forward to RTP/RTCP
///              +----------------+        RFC 7983 section 7
/// ```
///
/// RTP and RTCP share a port: a second byte of 192..223 is RTCP (RFC 5761 section 4).
public enum PacketProtocol {
  STUN,
  DTLS,
  RTP,
  RTCP,
  UNKNOWN;

  /// The protocol of the datagram of `length` bytes at `offset`.
  public static PacketProtocol of(ByteBuffer buffer, int offset, int length) {
    if (length < 2) {
      return UNKNOWN;
    }
    int first = buffer.get(offset) & 0xff;
    if (first <= 3) {
      return STUN;
    }
    if (first >= 20 && first <= 63) {
      return DTLS;
    }
    if (first >= 128 && first <= 191) {
      int second = buffer.get(offset + 1) & 0xff;
      return second >= 192 && second <= 223 ? RTCP : RTP;
    }
    return UNKNOWN;
  }
}
