package io.wishbone.webrtc.rtcp;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody who sends nothing says about the streams that it receives (RFC 3550 section
/// 6.4.2).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|    RC   |   PT=RR=201   |             length            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                     SSRC of packet sender                     |
/// +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
/// |                    report blocks, 24 bytes each               |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public record ReceiverReport(long senderSsrc, List<ReportBlock> reports) implements RtcpPacket {

  static final int PACKET_TYPE = 201;
  private static final int FIXED_LENGTH = 8;

  public ReceiverReport {
    reports = ReportBlock.checked(reports);
  }

  static @Nullable ReceiverReport read(ByteBuffer buffer, int offset, int length, int count) {
    if (length < FIXED_LENGTH + count * ReportBlock.LENGTH) {
      return null;
    }
    return new ReceiverReport(
        RtcpWire.uint32(buffer, offset + 4),
        ReportBlock.readAll(buffer, offset + FIXED_LENGTH, count));
  }

  int wireLength() {
    return FIXED_LENGTH + reports.size() * ReportBlock.LENGTH;
  }

  void write(ByteBuffer buffer, int offset) {
    RtcpWire.header(buffer, offset, reports.size(), PACKET_TYPE, wireLength());
    buffer.putInt(offset + 4, (int) senderSsrc);
    ReportBlock.writeAll(reports, buffer, offset + FIXED_LENGTH);
  }
}
