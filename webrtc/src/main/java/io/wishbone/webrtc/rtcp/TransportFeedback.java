package io.wishbone.webrtc.rtcp;

import io.wishbone.webrtc.rtp.SequenceNumbers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// When the packets of a transport arrived (draft-holmer-rmcat-transport-wide-cc-extensions-01
/// section 3.1).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|  FMT=15 |    PT=205     |           length              |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                     SSRC of packet sender                     |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                      SSRC of media source                     |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |      base sequence number     |      packet status count      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                 reference time                | fb pkt. count |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          packet chunk         |         packet chunk          |
/// .                               .                               .
/// |         packet chunk          |  recv delta   |  recv delta   |
/// .                               .                               .
/// |           recv delta          |  recv delta   | zero padding  |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// @param baseSequence transport-wide sequence number of the first packet reported
/// @param referenceTime in steps of 64 ms, 24 bits signed, from an origin that the receiver chose
/// @param feedbackCount counts the feedback packets themselves, 8 bits
/// @param arrivals one entry a packet from the base on; the first delta counts from the reference
///   time
public record TransportFeedback(
    long senderSsrc,
    long mediaSsrc,
    int baseSequence,
    int referenceTime,
    int feedbackCount,
    ArrivalDeltas arrivals)
    implements RtcpPacket {

  /// Feedback about more packets is malformed to us: a few bytes of run lengths could otherwise
  /// claim 65535 of them.
  public static final int MAX_PACKETS = 16384;

  /// How many ticks of 250 microseconds one step of the reference time takes.
  public static final int TICKS_PER_REFERENCE = 256;

  public static final long NANOS_PER_TICK = 250_000;

  static final int FORMAT = 15;
  private static final int FIXED_LENGTH = RtcpWire.FEEDBACK_HEADER_LENGTH + 8;

  /// Told about each packet of a feedback in turn.
  public interface ArrivalVisitor {
    /// The packet arrived.
    ///
    /// @param ticks arrival in ticks of 250 microseconds from the receiver's origin
    void received(int sequenceNumber, long ticks);

    void missing(int sequenceNumber);
  }

  public TransportFeedback {
    if (arrivals.size() == 0 || arrivals.size() > MAX_PACKETS) {
      throw new IllegalArgumentException("feedback about " + arrivals.size() + " packets");
    }
  }

  /// Goes through the packets in the order in which they were sent, adding the deltas up.
  public void forEach(ArrivalVisitor visitor) {
    long ticks = (long) referenceTime * TICKS_PER_REFERENCE;
    for (int i = 0; i < arrivals.size(); i++) {
      int sequenceNumber = SequenceNumbers.plus(baseSequence, i);
      if (arrivals.isReceived(i)) {
        ticks += arrivals.ticks(i);
        visitor.received(sequenceNumber, ticks);
      } else {
        visitor.missing(sequenceNumber);
      }
    }
  }

  static @Nullable TransportFeedback read(ByteBuffer buffer, int offset, int length) {
    if (length < FIXED_LENGTH) {
      return null;
    }
    int count = RtcpWire.uint16(buffer, offset + 14);
    if (count == 0 || count > MAX_PACKETS) {
      return null;
    }
    int chunks = offset + FIXED_LENGTH;
    int end = offset + length;
    int deltas = endOfChunks(buffer, chunks, end, count);
    if (deltas < 0) {
      return null;
    }
    ArrivalDeltas arrivals = readDeltas(buffer, chunks, deltas, end, count);
    if (arrivals == null) {
      return null;
    }
    int timeAndCount = buffer.getInt(offset + 16);
    return new TransportFeedback(
        RtcpWire.uint32(buffer, offset + 4),
        RtcpWire.uint32(buffer, offset + 8),
        RtcpWire.uint16(buffer, offset + 12),
        timeAndCount >> 8,
        timeAndCount & 0xFF,
        arrivals);
  }

  /// Where the chunks about `count` packets end, or -1 when they are not all there.
  private static int endOfChunks(ByteBuffer buffer, int chunks, int end, int count) {
    int at = chunks;
    int told = 0;
    while (told < count) {
      if (at + 2 > end) {
        return -1;
      }
      told += StatusChunk.size(RtcpWire.uint16(buffer, at));
      at += 2;
    }
    return at;
  }

  private static @Nullable ArrivalDeltas readDeltas(
      ByteBuffer buffer, int chunks, int deltas, int end, int count) {
    int[] ticks = new int[count];
    int at = deltas;
    int told = 0;
    for (int chunkAt = chunks; told < count; chunkAt += 2) {
      int chunk = RtcpWire.uint16(buffer, chunkAt);
      int size = Math.min(StatusChunk.size(chunk), count - told);
      for (int i = 0; i < size; i++) {
        int symbol = StatusChunk.symbol(chunk, i);
        if (symbol == StatusChunk.RESERVED || at + symbol > end) {
          return null;
        }
        ticks[told++] =
            switch (symbol) {
              case StatusChunk.SMALL_DELTA -> RtcpWire.uint8(buffer, at);
              case StatusChunk.LARGE_DELTA -> buffer.getShort(at);
              default -> ArrivalDeltas.NOT_RECEIVED;
            };
        at += symbol; // 0, 1 and 2 are also how many bytes the delta takes
      }
    }
    return ArrivalDeltas.copyOf(ticks, count);
  }

  int wireLength() {
    int length = FIXED_LENGTH;
    for (int told = 0; told < arrivals.size(); ) {
      told += StatusChunk.size(StatusChunk.encode(arrivals, told));
      length += 2;
    }
    for (int i = 0; i < arrivals.size(); i++) {
      length += StatusChunk.symbol(arrivals.ticks(i));
    }
    return RtcpWire.padded(length);
  }

  void write(ByteBuffer buffer, int offset) {
    int end = offset + wireLength();
    RtcpWire.feedbackHeader(
        buffer,
        offset,
        FORMAT,
        RtcpWire.TRANSPORT_LAYER_FEEDBACK,
        end - offset,
        senderSsrc,
        mediaSsrc);
    buffer.putShort(offset + 12, (short) baseSequence);
    buffer.putShort(offset + 14, (short) arrivals.size());
    buffer.putInt(offset + 16, referenceTime << 8 | (feedbackCount & 0xFF));
    int at = writeDeltas(buffer, writeChunks(buffer, offset + FIXED_LENGTH));
    while (at < end) {
      buffer.put(at++, (byte) 0);
    }
  }

  private int writeChunks(ByteBuffer buffer, int offset) {
    int at = offset;
    for (int told = 0; told < arrivals.size(); at += 2) {
      int chunk = StatusChunk.encode(arrivals, told);
      buffer.putShort(at, (short) chunk);
      told += StatusChunk.size(chunk);
    }
    return at;
  }

  private int writeDeltas(ByteBuffer buffer, int offset) {
    int at = offset;
    for (int i = 0; i < arrivals.size(); i++) {
      int ticks = arrivals.ticks(i);
      switch (StatusChunk.symbol(ticks)) {
        case StatusChunk.SMALL_DELTA -> buffer.put(at++, (byte) ticks);
        case StatusChunk.LARGE_DELTA -> {
          buffer.putShort(at, (short) ticks);
          at += 2;
        }
        default -> {}
      }
    }
    return at;
  }
}
