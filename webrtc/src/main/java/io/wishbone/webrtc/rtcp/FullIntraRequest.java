package io.wishbone.webrtc.rtcp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A demand for keyframes, one entry a source (RFC 5104 section 4.3.1).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|  FMT=4  |     PT=206    |            length             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                    SSRC of packet sender                      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                 SSRC of media source: unused, 0               |
/// +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
/// |                    SSRC that is to answer                     |  entry
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// | seq nr.       |    reserved                                   |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public record FullIntraRequest(long senderSsrc, List<Entry> entries) implements RtcpPacket {

  static final int FORMAT = 4;
  private static final int ENTRY_LENGTH = 8;

  /// Entries beyond this are not read.
  public static final int MAX_ENTRIES = 64;

  /// Who is to send a keyframe.
  ///
  /// @param sequence goes up by one with each new demand, stays when one is repeated (8 bits)
  public record Entry(long ssrc, int sequence) {}

  public FullIntraRequest {
    if (entries.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException(entries.size() + " entries, at most 64 are sent");
    }
    entries = List.copyOf(entries);
  }

  static @Nullable FullIntraRequest read(ByteBuffer buffer, int offset, int length) {
    if (length < RtcpWire.FEEDBACK_HEADER_LENGTH + ENTRY_LENGTH) {
      return null;
    }
    int count = Math.min(MAX_ENTRIES, (length - RtcpWire.FEEDBACK_HEADER_LENGTH) / ENTRY_LENGTH);
    List<Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = offset + RtcpWire.FEEDBACK_HEADER_LENGTH + i * ENTRY_LENGTH;
      entries.add(new Entry(RtcpWire.uint32(buffer, at), RtcpWire.uint8(buffer, at + 4)));
    }
    return new FullIntraRequest(RtcpWire.uint32(buffer, offset + 4), entries);
  }

  int wireLength() {
    return RtcpWire.FEEDBACK_HEADER_LENGTH + entries.size() * ENTRY_LENGTH;
  }

  void write(ByteBuffer buffer, int offset) {
    RtcpWire.feedbackHeader(
        buffer, offset, FORMAT, RtcpWire.PAYLOAD_SPECIFIC_FEEDBACK, wireLength(), senderSsrc, 0);
    int at = offset + RtcpWire.FEEDBACK_HEADER_LENGTH;
    for (Entry entry : entries) {
      buffer.putInt(at, (int) entry.ssrc());
      buffer.putInt(at + 4, entry.sequence() << 24);
      at += ENTRY_LENGTH;
    }
  }
}
