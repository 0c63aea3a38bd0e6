package io.wishbone.webrtc.nack;

import io.wishbone.webrtc.rtp.RtpPacket;
import java.nio.ByteBuffer;

/// Retransmission packets to and from the packets that they repair, in place (RFC 4588 section 4).
///
/// ```
///  original                                  retransmission
/// +------------+-----------+---------+      +------------+-----+---------------+---------+
/// | RTP header | payload   | padding |      | RTP header | OSN | payload       | padding |
/// +------------+-----------+---------+      +------------+-----+---------------+---------+
///   sequence number, SSRC, payload type       its own; timestamp, marker, extensions stay
/// ```
///
/// OSN is the original sequence number, 16 bits. The header moves by these two bytes, not the
/// payload: it is the shorter of the two.
public final class RtxPackets {

  /// How much longer the retransmission is.
  public static final int OVERHEAD = 2;

  /// As much padding as one packet can have.
  public static final int MAX_PADDING = 255;

  private RtxPackets() {}

  /// Makes a retransmission of the packet that lies at `offset + OVERHEAD`; it begins at `offset`.
  ///
  /// @param packet the view of the original packet; it means nothing afterwards
  /// @param sequenceNumber in the retransmission stream
  /// @return the length of the retransmission, from `offset`
  public static int wrap(
      RtpPacket packet, int offset, int payloadType, long ssrc, int sequenceNumber) {
    ByteBuffer buffer = packet.buffer();
    int from = packet.offset();
    if (from != offset + OVERHEAD) {
      throw new IllegalArgumentException("no room for the original sequence number");
    }
    int headerLength = packet.headerLength();
    int length = packet.length();
    int original = packet.sequenceNumber();
    buffer.put(offset, buffer, from, headerLength);
    buffer.putShort(offset + headerLength, (short) original);
    patch(buffer, offset, payloadType, ssrc, sequenceNumber);
    return length + OVERHEAD;
  }

  /// The number of the packet that a retransmission repairs, or -1: one without payload only
  /// probes.
  public static int originalSequenceNumber(RtpPacket retransmission) {
    return retransmission.payloadLength() < OVERHEAD
        ? -1
        : Short.toUnsignedInt(retransmission.buffer().getShort(retransmission.payloadOffset()));
  }

  /// Makes the original packet of a retransmission; it begins [#OVERHEAD] later and is as much
  /// shorter.
  ///
  /// @param retransmission its view; it means nothing afterwards
  /// @param payloadType of the original, `apt` in SDP
  /// @param ssrc of the original
  /// @return the length of the original, or -1 when it holds none
  public static int unwrap(RtpPacket retransmission, int payloadType, long ssrc) {
    int original = originalSequenceNumber(retransmission);
    if (original < 0) {
      return -1;
    }
    ByteBuffer buffer = retransmission.buffer();
    int offset = retransmission.offset();
    int length = retransmission.length() - OVERHEAD;
    buffer.put(offset + OVERHEAD, buffer, offset, retransmission.headerLength());
    patch(buffer, offset + OVERHEAD, payloadType, ssrc, original);
    return length;
  }

  /// Makes a packet of nothing but padding (RFC 3550 section 5.1), to probe with when there is
  /// nothing to repeat. Its header was written at `offset`, without a padding bit.
  ///
  /// @param padding bytes of it, 1 to 255
  /// @return the length of the packet
  public static int pad(ByteBuffer buffer, int offset, int headerLength, int padding) {
    if (padding < 1 || padding > MAX_PADDING) {
      throw new IllegalArgumentException("padding of " + padding + " bytes");
    }
    buffer.put(offset, (byte) (buffer.get(offset) | 0x20));
    int end = offset + headerLength + padding;
    for (int at = offset + headerLength; at < end - 1; at++) {
      buffer.put(at, (byte) 0);
    }
    buffer.put(end - 1, (byte) padding);
    return headerLength + padding;
  }

  private static void patch(
      ByteBuffer buffer, int offset, int payloadType, long ssrc, int sequenceNumber) {
    int markerBit = buffer.get(offset + 1) & 0x80;
    buffer.put(offset + 1, (byte) (markerBit | payloadType));
    buffer.putShort(offset + RtpPacket.SEQUENCE_NUMBER_POSITION, (short) sequenceNumber);
    buffer.putInt(offset + RtpPacket.SSRC_POSITION, (int) ssrc);
  }
}
