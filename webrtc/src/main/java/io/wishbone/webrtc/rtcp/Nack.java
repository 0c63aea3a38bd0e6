package io.wishbone.webrtc.rtcp;

import io.wishbone.webrtc.rtp.SequenceNumbers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// These packets were lost (generic NACK, RFC 4585 section 6.2.1).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|  FMT=1  |     PT=205    |            length             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                    SSRC of packet sender                      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                    SSRC of media source                       |
/// +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
/// |          packet id (PID)      |  BLP: bit i is PID + i + 1    |  one pair or more
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// @param sequenceNumbers oldest first; in that order they take the fewest pairs
public record Nack(long senderSsrc, long mediaSsrc, List<Integer> sequenceNumbers)
    implements RtcpPacket {

  static final int FORMAT = 1;
  private static final int PAIR_LENGTH = 4;
  private static final int BITS = 16;

  /// Sequence numbers beyond this are not read: nobody has that many packets at hand.
  public static final int MAX_SEQUENCE_NUMBERS = 2048;

  public Nack {
    if (sequenceNumbers.size() > MAX_SEQUENCE_NUMBERS) {
      throw new IllegalArgumentException(
          sequenceNumbers.size() + " sequence numbers, at most 2048 are sent");
    }
    sequenceNumbers = List.copyOf(sequenceNumbers);
  }

  static @Nullable Nack read(ByteBuffer buffer, int offset, int length) {
    if (length < RtcpWire.FEEDBACK_HEADER_LENGTH + PAIR_LENGTH) {
      return null;
    }
    List<Integer> lost = new ArrayList<>();
    int end = offset + length;
    int at = offset + RtcpWire.FEEDBACK_HEADER_LENGTH;
    while (at + PAIR_LENGTH <= end && lost.size() < MAX_SEQUENCE_NUMBERS) {
      int first = RtcpWire.uint16(buffer, at);
      int following = RtcpWire.uint16(buffer, at + 2);
      lost.add(first);
      for (int bit = 0; bit < BITS; bit++) {
        if ((following & 1 << bit) != 0 && lost.size() < MAX_SEQUENCE_NUMBERS) {
          lost.add(SequenceNumbers.plus(first, bit + 1));
        }
      }
      at += PAIR_LENGTH;
    }
    return new Nack(RtcpWire.uint32(buffer, offset + 4), RtcpWire.uint32(buffer, offset + 8), lost);
  }

  int wireLength() {
    int pairs = 0;
    for (int next = 0; next < sequenceNumbers.size(); next = endOfPair(next)) {
      pairs++;
    }
    return RtcpWire.FEEDBACK_HEADER_LENGTH + pairs * PAIR_LENGTH;
  }

  void write(ByteBuffer buffer, int offset) {
    RtcpWire.feedbackHeader(
        buffer,
        offset,
        FORMAT,
        RtcpWire.TRANSPORT_LAYER_FEEDBACK,
        wireLength(),
        senderSsrc,
        mediaSsrc);
    int at = offset + RtcpWire.FEEDBACK_HEADER_LENGTH;
    int next = 0;
    while (next < sequenceNumbers.size()) {
      int end = endOfPair(next);
      int first = sequenceNumbers.get(next);
      int following = 0;
      for (int i = next + 1; i < end; i++) {
        following |= 1 << (SequenceNumbers.distance(sequenceNumbers.get(i), first) - 1);
      }
      buffer.putShort(at, (short) first);
      buffer.putShort(at + 2, (short) following);
      at += PAIR_LENGTH;
      next = end;
    }
  }

  /// Index of the first number that does not fit into the pair that begins at `start`. A pair ends
  /// where the numbers do not rise, so that a reader finds them in the order that they have here.
  private int endOfPair(int start) {
    int first = sequenceNumbers.get(start);
    int last = 0;
    int end = start + 1;
    for (; end < sequenceNumbers.size(); end++) {
      int ahead = SequenceNumbers.distance(sequenceNumbers.get(end), first);
      if (ahead <= last || ahead > BITS) {
        break;
      }
      last = ahead;
    }
    return end;
  }
}
