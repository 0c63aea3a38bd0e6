package io.wishbone.webrtc.rtcp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// RTCP packets from and to bytes: compound packets (RFC 3550 section 6.1) and reduced-size ones
/// (RFC 5506), which are the same to a reader that asks for no particular first packet.
public final class RtcpCodec {

  /// Packets beyond this in one datagram are not read.
  public static final int MAX_PACKETS = 128;

  /// Feedback about more packets than this, in one datagram, is not read: two bytes can tell of
  /// 8191, so that what is small would cost much.
  public static final int MAX_ARRIVALS = TransportFeedback.MAX_PACKETS;

  private RtcpCodec() {}

  /// Whether these bytes are RTCP rather than RTP, given that they are one of the two: RTCP packet
  /// types 192 to 223 stand where RTP has marker and payload type (RFC 5761 section 4).
  public static boolean looksLikeRtcp(ByteBuffer buffer, int offset, int length) {
    return length >= RtcpWire.HEADER_LENGTH && (buffer.get(offset + 1) & 0xE0) == 0xC0;
  }

  /// The packets in these bytes. Never throws: a packet whose inside is malformed is skipped; where
  /// a header is wrong or a packet would reach beyond the end, reading ends.
  public static List<RtcpPacket> parse(ByteBuffer buffer, int offset, int length) {
    List<RtcpPacket> packets = new ArrayList<>(4);
    int end = Math.min(offset + length, buffer.limit());
    int at = offset;
    int arrivals = 0;
    while (end - at >= RtcpWire.HEADER_LENGTH && packets.size() < MAX_PACKETS) {
      int first = buffer.get(at);
      int packetLength = 4 * (RtcpWire.uint16(buffer, at + 2) + 1);
      if ((first & 0xC0) != 0x80 || packetLength > end - at) {
        break;
      }
      boolean padded = (first & 0x20) != 0;
      int padding = padded ? RtcpWire.uint8(buffer, at + packetLength - 1) : 0;
      if (padded && (padding == 0 || padding > packetLength - RtcpWire.HEADER_LENGTH)) {
        break;
      }
      RtcpPacket packet = read(buffer, at, packetLength - padding);
      if (packet instanceof TransportFeedback feedback) {
        arrivals += feedback.arrivals().size();
        if (arrivals > MAX_ARRIVALS) {
          break;
        }
      }
      if (packet != null) {
        packets.add(packet);
      }
      at += packetLength;
    }
    return packets;
  }

  private static @Nullable RtcpPacket read(ByteBuffer buffer, int offset, int length) {
    int count = buffer.get(offset) & 0x1F;
    int packetType = RtcpWire.uint8(buffer, offset + 1);
    return switch (packetType) {
      case SenderReport.PACKET_TYPE -> SenderReport.read(buffer, offset, length, count);
      case ReceiverReport.PACKET_TYPE -> ReceiverReport.read(buffer, offset, length, count);
      case SourceDescription.PACKET_TYPE -> SourceDescription.read(buffer, offset, length, count);
      case Goodbye.PACKET_TYPE -> Goodbye.read(buffer, offset, length, count);
      case RtcpWire.TRANSPORT_LAYER_FEEDBACK -> readTransportLayer(buffer, offset, length, count);
      case RtcpWire.PAYLOAD_SPECIFIC_FEEDBACK -> readPayloadSpecific(buffer, offset, length, count);
      default -> new UnknownRtcp(packetType, count, length);
    };
  }

  private static @Nullable RtcpPacket readTransportLayer(
      ByteBuffer buffer, int offset, int length, int format) {
    return switch (format) {
      case Nack.FORMAT -> Nack.read(buffer, offset, length);
      case TransportFeedback.FORMAT -> TransportFeedback.read(buffer, offset, length);
      default -> new UnknownRtcp(RtcpWire.TRANSPORT_LAYER_FEEDBACK, format, length);
    };
  }

  private static @Nullable RtcpPacket readPayloadSpecific(
      ByteBuffer buffer, int offset, int length, int format) {
    if (format == Remb.FORMAT && Remb.isRemb(buffer, offset, length)) {
      return Remb.read(buffer, offset, length);
    }
    return switch (format) {
      case PictureLossIndication.FORMAT -> PictureLossIndication.read(buffer, offset, length);
      case FullIntraRequest.FORMAT -> FullIntraRequest.read(buffer, offset, length);
      default -> new UnknownRtcp(RtcpWire.PAYLOAD_SPECIFIC_FEEDBACK, format, length);
    };
  }

  /// Writes the packets one behind the other and returns how many bytes that took. A packet that
  /// does not fit before the limit of the buffer is left out; [#length] tells beforehand.
  public static int write(List<? extends RtcpPacket> packets, ByteBuffer buffer, int offset) {
    return write(packets, buffer, offset, buffer.limit() - offset);
  }

  /// The same, leaving out what does not fit into `capacity` bytes.
  public static int write(
      List<? extends RtcpPacket> packets, ByteBuffer buffer, int offset, int capacity) {
    int at = offset;
    int end = Math.min(buffer.limit(), offset + capacity);
    for (RtcpPacket packet : packets) {
      int length = length(packet);
      if (length <= end - at) {
        write(packet, buffer, at);
        at += length;
      }
    }
    return at - offset;
  }

  /// How many bytes [#write] takes for all of them.
  public static int length(List<? extends RtcpPacket> packets) {
    int length = 0;
    for (RtcpPacket packet : packets) {
      length += length(packet);
    }
    return length;
  }

  private static int length(RtcpPacket packet) {
    return switch (packet) {
      case SenderReport report -> report.wireLength();
      case ReceiverReport report -> report.wireLength();
      case SourceDescription description -> description.wireLength();
      case Goodbye goodbye -> goodbye.wireLength();
      case Nack nack -> nack.wireLength();
      case PictureLossIndication indication -> indication.wireLength();
      case FullIntraRequest request -> request.wireLength();
      case Remb remb -> remb.wireLength();
      case TransportFeedback feedback -> feedback.wireLength();
      case UnknownRtcp _ -> 0;
    };
  }

  private static void write(RtcpPacket packet, ByteBuffer buffer, int offset) {
    switch (packet) {
      case SenderReport report -> report.write(buffer, offset);
      case ReceiverReport report -> report.write(buffer, offset);
      case SourceDescription description -> description.write(buffer, offset);
      case Goodbye goodbye -> goodbye.write(buffer, offset);
      case Nack nack -> nack.write(buffer, offset);
      case PictureLossIndication indication -> indication.write(buffer, offset);
      case FullIntraRequest request -> request.write(buffer, offset);
      case Remb remb -> remb.write(buffer, offset);
      case TransportFeedback feedback -> feedback.write(buffer, offset);
      case UnknownRtcp _ -> {}
    }
  }
}
