package io.wishbone.webrtc.peer;

import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.nack.HistoryLimits;
import io.wishbone.webrtc.nack.NackResponder;
import io.wishbone.webrtc.nack.PacketHistory;
import io.wishbone.webrtc.nack.PacketMemory;
import io.wishbone.webrtc.nack.RetransmissionBudget;
import io.wishbone.webrtc.nack.RtxStream;
import io.wishbone.webrtc.nack.Verdict;
import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.rtp.RtpHeaderWriter;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.rtp.SequenceNumbers;
import io.wishbone.webrtc.transport.PeerTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What was sent lately, for a receiver that has lost some of it: as retransmissions where they
/// were agreed on, else the very same packets once more.
final class SentHistory {
  private static final long MEMORY_BYTES = 8 << 20;
  private static final long USUAL_BITRATE = 4_000_000;
  private static final int ORIGINAL_NUMBER_LENGTH = 2;

  private record Sent(
      NegotiatedTrack track,
      OutgoingEncoding encoding,
      PacketHistory packets,
      @Nullable RtxStream rtx) {}

  private final Outbox outbox;
  private final RandomGenerator random;
  private final IntSupplier transportNumbers;
  private final PacketMemory memory = new PacketMemory(MEMORY_BYTES);
  private final NackResponder responder =
      new NackResponder(new RetransmissionBudget(RetransmissionBudget.USUAL_SHARE, USUAL_BITRATE));
  private final Map<Long, Sent> bySsrc = new HashMap<>();
  private final RtpHeaderWriter header = new RtpHeaderWriter();
  private final RtpPacket packet = new RtpPacket();
  private long retransmitted;

  /// @param transportNumbers gives transport-wide sequence numbers
  SentHistory(Outbox outbox, RandomGenerator random, IntSupplier transportNumbers) {
    this.outbox = outbox;
    this.random = random;
    this.transportNumbers = transportNumbers;
  }

  long retransmitted() {
    return retransmitted;
  }

  /// Keeps a packet that is about to be protected in place.
  void keep(
      NegotiatedTrack track,
      OutgoingEncoding encoding,
      ByteBuffer buffer,
      int offset,
      int length,
      long timestamp,
      long nowNanos) {
    Sent sent = bySsrc.computeIfAbsent(encoding.ssrc(), _ -> begin(track, encoding));
    sent.packets().put(encoding.packetIndex(), buffer, offset, length, timestamp, false, nowNanos);
  }

  private Sent begin(NegotiatedTrack track, OutgoingEncoding encoding) {
    RtxStream rtx =
        track.rtxPayloadType() == 0
            ? null
            : new RtxStream(
                random.nextLong(1, 1L << 32), track.rtxPayloadType(), random.nextInt(1 << 15));
    return new Sent(track, encoding, new PacketHistory(memory, HistoryLimits.VIDEO), rtx);
  }

  /// Sends again what is asked for and still there.
  void answer(Nack nack, PeerTransport transport, long nowNanos) {
    Sent sent = bySsrc.get(nack.mediaSsrc());
    if (sent == null) {
      return;
    }
    long latest = sent.packets().highest();
    for (int number : nack.sequenceNumbers()) {
      long index = latest + SequenceNumbers.distance(number, (int) latest & 0xFFFF);
      if (responder.judge(sent.packets(), index, index, -1, nowNanos) == Verdict.SEND) {
        send(sent, index, transport);
      }
    }
  }

  private void send(Sent sent, long index, PeerTransport transport) {
    PacketHistory packets = sent.packets();
    int slot = packets.find(index);
    ByteBuffer kept = packets.buffer(slot);
    int length = packets.length(slot);
    RtxStream rtx = sent.rtx();
    retransmitted++;
    if (rtx == null) {
      int offset = outbox.claim(length + transport.rtpOverhead());
      outbox.buffer().put(offset, kept, packets.offset(slot), length);
      transport.sendRtp(offset, length, (int) (index >>> 16));
    } else if (packet.wrap(kept, packets.offset(slot), length)) {
      wrap(sent, rtx, transport);
    }
  }

  private void wrap(Sent sent, RtxStream rtx, PeerTransport transport) {
    NegotiatedTrack track = sent.track();
    long index = rtx.takeIndex();
    header.start(
        packet.marker(), rtx.payloadType(), (int) index & 0xFFFF, packet.timestamp(), rtx.ssrc());
    if (track.midExtension() > 0) {
      header.extension(track.midExtension(), track.mid().getBytes(StandardCharsets.US_ASCII));
    }
    String rid = sent.encoding().rid();
    if (track.repairedRidExtension() > 0 && rid != null) {
      header.extension(track.repairedRidExtension(), rid.getBytes(StandardCharsets.US_ASCII));
    }
    if (track.transportCcExtension() > 0) {
      header.extension(track.transportCcExtension(), transportNumbers.getAsInt(), 2);
    }
    int descriptor = track.dependencyDescriptorExtension();
    int data = descriptor == 0 ? -1 : packet.extensionOffset(descriptor);
    if (data >= 0) {
      header.extension(descriptor, packet.buffer(), data, packet.extensionLength(descriptor));
    }
    int headerLength = header.length();
    int length = headerLength + ORIGINAL_NUMBER_LENGTH + packet.payloadLength();
    int offset = outbox.claim(length + transport.rtpOverhead());
    ByteBuffer target = outbox.buffer();
    header.write(target, offset);
    target.putShort(offset + headerLength, (short) packet.sequenceNumber());
    target.put(
        offset + headerLength + ORIGINAL_NUMBER_LENGTH,
        packet.buffer(),
        packet.payloadOffset(),
        packet.payloadLength());
    transport.sendRtp(offset, length, rtx.rolloverCounter());
  }
}
