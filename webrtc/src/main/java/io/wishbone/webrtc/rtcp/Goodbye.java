package io.wishbone.webrtc.rtcp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// These sources are no longer active (RFC 3550 section 6.6).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|    SC   |   PT=BYE=203  |             length            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                           SSRC/CSRC                           |  SC words
/// +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
/// |     length    |               reason for leaving            ...  optional
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// @param reason empty when none is given; of more than 255 bytes of UTF-8, only the start is sent
public record Goodbye(List<Long> ssrcs, String reason) implements RtcpPacket {

  static final int PACKET_TYPE = 203;
  private static final int MAX_SOURCES = 31;

  public Goodbye {
    if (ssrcs.size() > MAX_SOURCES) {
      throw new IllegalArgumentException(ssrcs.size() + " sources, a packet takes 31");
    }
    ssrcs = List.copyOf(ssrcs);
  }

  static @Nullable Goodbye read(ByteBuffer buffer, int offset, int length, int count) {
    int at = offset + RtcpWire.HEADER_LENGTH;
    int end = offset + length;
    if (at + 4 * count > end) {
      return null;
    }
    List<Long> ssrcs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ssrcs.add(RtcpWire.uint32(buffer, at + 4 * i));
    }
    at += 4 * count;
    if (at == end) {
      return new Goodbye(ssrcs, "");
    }
    int reasonLength = RtcpWire.uint8(buffer, at);
    if (at + 1 + reasonLength > end) {
      return null;
    }
    return new Goodbye(ssrcs, RtcpText.read(buffer, at + 1, reasonLength));
  }

  int wireLength() {
    int sources = RtcpWire.HEADER_LENGTH + 4 * ssrcs.size();
    return reason.isEmpty()
        ? sources
        : sources + RtcpWire.padded(1 + RtcpText.encode(reason).length);
  }

  void write(ByteBuffer buffer, int offset) {
    int end = offset + wireLength();
    RtcpWire.header(buffer, offset, ssrcs.size(), PACKET_TYPE, end - offset);
    int at = offset + RtcpWire.HEADER_LENGTH;
    for (long ssrc : ssrcs) {
      buffer.putInt(at, (int) ssrc);
      at += 4;
    }
    if (at < end) {
      byte[] text = RtcpText.encode(reason);
      buffer.put(at, (byte) text.length);
      buffer.put(at + 1, text);
      at += 1 + text.length;
    }
    while (at < end) {
      buffer.put(at++, (byte) 0);
    }
  }
}
