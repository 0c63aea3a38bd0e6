package io.wishbone.webrtc.rtcp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What a receiver says about one source (RFC 3550 section 6.4.1), 24 bytes of an SR or RR.
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                      SSRC of the source                       |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// | fraction lost |       cumulative number of packets lost       |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |           extended highest sequence number received           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                      interarrival jitter                      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                         last SR (LSR)                         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                   delay since last SR (DLSR)                  |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// @param fractionLost share of packets lost since the previous report, in 256ths
/// @param cumulativeLost packets lost in total, 24 bits signed: duplicates make it negative
/// @param highestSequence highest sequence number received, extended by 16 bits of wraps
/// @param jitter in ticks of the source's RTP clock
/// @param lastSenderReport the middle 32 bits of the NTP time in the source's last SR; 0 for none
/// @param delaySinceLastSenderReport in 65536ths of a second
public record ReportBlock(
    long ssrc,
    int fractionLost,
    int cumulativeLost,
    long highestSequence,
    long jitter,
    long lastSenderReport,
    long delaySinceLastSenderReport) {

  static final int LENGTH = 24;

  /// The count of an SR or RR has five bits.
  static final int MAX_IN_A_PACKET = 31;

  static List<ReportBlock> readAll(ByteBuffer buffer, int offset, int count) {
    List<ReportBlock> blocks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      blocks.add(read(buffer, offset + i * LENGTH));
    }
    return blocks;
  }

  static void writeAll(List<ReportBlock> blocks, ByteBuffer buffer, int offset) {
    for (int i = 0; i < blocks.size(); i++) {
      blocks.get(i).write(buffer, offset + i * LENGTH);
    }
  }

  /// A packet takes 31 blocks; who has more sends another packet.
  static List<ReportBlock> checked(List<ReportBlock> blocks) {
    if (blocks.size() > MAX_IN_A_PACKET) {
      throw new IllegalArgumentException(blocks.size() + " report blocks, a packet takes 31");
    }
    return List.copyOf(blocks);
  }

  private static ReportBlock read(ByteBuffer buffer, int offset) {
    return new ReportBlock(
        RtcpWire.uint32(buffer, offset),
        RtcpWire.uint8(buffer, offset + 4),
        buffer.getInt(offset + 4) << 8 >> 8,
        RtcpWire.uint32(buffer, offset + 8),
        RtcpWire.uint32(buffer, offset + 12),
        RtcpWire.uint32(buffer, offset + 16),
        RtcpWire.uint32(buffer, offset + 20));
  }

  private void write(ByteBuffer buffer, int offset) {
    buffer.putInt(offset, (int) ssrc);
    buffer.putInt(offset + 4, fractionLost << 24 | (cumulativeLost & 0xFF_FFFF));
    buffer.putInt(offset + 8, (int) highestSequence);
    buffer.putInt(offset + 12, (int) jitter);
    buffer.putInt(offset + 16, (int) lastSenderReport);
    buffer.putInt(offset + 20, (int) delaySinceLastSenderReport);
  }
}
