package io.wishbone.webrtc.rtcp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Receiver estimated maximum bitrate (draft-alvestrand-rmcat-remb-03 section 2.2).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P| FMT=15  |     PT=206    |            length             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                    SSRC of packet sender                      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                 SSRC of media source: unused, 0               |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                  'R'    'E'    'M'    'B'                     |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  SSRC count   | exponent  |         mantissa, 18 bits         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |              SSRCs that the estimate is about                 |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// @param bitrate bits a second; written rounded down to 18 significant bits
public record Remb(long senderSsrc, long bitrate, List<Long> ssrcs) implements RtcpPacket {

  /// Application layer feedback, a format that REMB shares with others.
  static final int FORMAT = 15;

  private static final int UNIQUE_IDENTIFIER = 0x52454D42;
  private static final int FIXED_LENGTH = RtcpWire.FEEDBACK_HEADER_LENGTH + 8;
  private static final int MANTISSA_BITS = 18;
  private static final int MAX_SSRCS = 255;

  public Remb {
    if (bitrate < 0 || ssrcs.size() > MAX_SSRCS) {
      throw new IllegalArgumentException(bitrate + " bit/s for " + ssrcs.size() + " sources");
    }
    ssrcs = List.copyOf(ssrcs);
  }

  static boolean isRemb(ByteBuffer buffer, int offset, int length) {
    return length >= FIXED_LENGTH
        && buffer.getInt(offset + RtcpWire.FEEDBACK_HEADER_LENGTH) == UNIQUE_IDENTIFIER;
  }

  static @Nullable Remb read(ByteBuffer buffer, int offset, int length) {
    int count = RtcpWire.uint8(buffer, offset + 16);
    if (length < FIXED_LENGTH + 4 * count) {
      return null;
    }
    int word = buffer.getInt(offset + 16);
    int exponent = word >>> MANTISSA_BITS & 0x3F;
    long mantissa = word & ((1 << MANTISSA_BITS) - 1);
    long bitrate = mantissa << exponent;
    if (bitrate < 0 || bitrate >>> exponent != mantissa) {
      bitrate = Long.MAX_VALUE;
    }
    List<Long> ssrcs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ssrcs.add(RtcpWire.uint32(buffer, offset + FIXED_LENGTH + 4 * i));
    }
    return new Remb(RtcpWire.uint32(buffer, offset + 4), bitrate, ssrcs);
  }

  int wireLength() {
    return FIXED_LENGTH + 4 * ssrcs.size();
  }

  void write(ByteBuffer buffer, int offset) {
    RtcpWire.feedbackHeader(
        buffer, offset, FORMAT, RtcpWire.PAYLOAD_SPECIFIC_FEEDBACK, wireLength(), senderSsrc, 0);
    buffer.putInt(offset + 12, UNIQUE_IDENTIFIER);
    int significant = Long.SIZE - Long.numberOfLeadingZeros(bitrate);
    int exponent = Math.max(0, significant - MANTISSA_BITS);
    int mantissa = (int) (bitrate >>> exponent);
    buffer.putInt(offset + 16, ssrcs.size() << 24 | exponent << MANTISSA_BITS | mantissa);
    int at = offset + FIXED_LENGTH;
    for (long ssrc : ssrcs) {
      buffer.putInt(at, (int) ssrc);
      at += 4;
    }
  }
}
