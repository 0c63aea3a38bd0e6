package io.wishbone.webrtc.rtcp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The receiver lost a picture and asks for a keyframe (RFC 4585 section 6.3.1).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|  FMT=1  |     PT=206    |           length=2            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                    SSRC of packet sender                      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                    SSRC of media source                       |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public record PictureLossIndication(long senderSsrc, long mediaSsrc) implements RtcpPacket {

  static final int FORMAT = 1;

  static @Nullable PictureLossIndication read(ByteBuffer buffer, int offset, int length) {
    if (length < RtcpWire.FEEDBACK_HEADER_LENGTH) {
      return null;
    }
    return new PictureLossIndication(
        RtcpWire.uint32(buffer, offset + 4), RtcpWire.uint32(buffer, offset + 8));
  }

  int wireLength() {
    return RtcpWire.FEEDBACK_HEADER_LENGTH;
  }

  void write(ByteBuffer buffer, int offset) {
    RtcpWire.feedbackHeader(
        buffer,
        offset,
        FORMAT,
        RtcpWire.PAYLOAD_SPECIFIC_FEEDBACK,
        wireLength(),
        senderSsrc,
        mediaSsrc);
  }
}
