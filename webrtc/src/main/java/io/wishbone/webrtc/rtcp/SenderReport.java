package io.wishbone.webrtc.rtcp;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a sender says about its own stream, and about those that it receives (RFC 3550 section
/// 6.4.1).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|    RC   |   PT=SR=200   |             length            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                         SSRC of sender                        |
/// +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
/// |                  NTP timestamp, 32.32 seconds                 |
/// |                                                               |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                         RTP timestamp                         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                     sender's packet count                     |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                      sender's octet count                     |
/// +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
/// |                    report blocks, 24 bytes each               |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// @param ntpTimestamp all 64 bits, seconds since 1900 above the point, fractions below it
public record SenderReport(
    long senderSsrc,
    long ntpTimestamp,
    long rtpTimestamp,
    long packetCount,
    long octetCount,
    List<ReportBlock> reports)
    implements RtcpPacket {

  static final int PACKET_TYPE = 200;
  private static final int FIXED_LENGTH = 28;

  public SenderReport {
    reports = ReportBlock.checked(reports);
  }

  static @Nullable SenderReport read(ByteBuffer buffer, int offset, int length, int count) {
    if (length < FIXED_LENGTH + count * ReportBlock.LENGTH) {
      return null;
    }
    return new SenderReport(
        RtcpWire.uint32(buffer, offset + 4),
        buffer.getLong(offset + 8),
        RtcpWire.uint32(buffer, offset + 16),
        RtcpWire.uint32(buffer, offset + 20),
        RtcpWire.uint32(buffer, offset + 24),
        ReportBlock.readAll(buffer, offset + FIXED_LENGTH, count));
  }

  int wireLength() {
    return FIXED_LENGTH + reports.size() * ReportBlock.LENGTH;
  }

  void write(ByteBuffer buffer, int offset) {
    RtcpWire.header(buffer, offset, reports.size(), PACKET_TYPE, wireLength());
    buffer.putInt(offset + 4, (int) senderSsrc);
    buffer.putLong(offset + 8, ntpTimestamp);
    buffer.putInt(offset + 16, (int) rtpTimestamp);
    buffer.putInt(offset + 20, (int) packetCount);
    buffer.putInt(offset + 24, (int) octetCount);
    ReportBlock.writeAll(reports, buffer, offset + FIXED_LENGTH);
  }
}
