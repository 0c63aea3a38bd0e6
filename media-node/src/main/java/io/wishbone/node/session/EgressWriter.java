package io.wishbone.node.session;

import io.wishbone.node.forward.EgressFormat;
import io.wishbone.node.forward.EgressNumbering;
import io.wishbone.node.forward.ExtensionMapping;
import io.wishbone.node.forward.PacketRewriter;
import io.wishbone.node.forward.SourcePacket;
import io.wishbone.node.stream.Encoding;
import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.bwe.BandwidthEstimator;
import io.wishbone.webrtc.nack.PacketHistory;
import io.wishbone.webrtc.nack.RtxPackets;
import io.wishbone.webrtc.nack.RtxStream;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.transport.PeerTransport;
import org.jspecify.annotations.Nullable;

/// Writes the packets of one track of one viewer into the outbox: for the first time, once more, or
/// as padding.
final class EgressWriter {
  private final PacketRewriter rewriter;
  private final PeerTransport transport;
  private final SessionParts parts;
  private final ViewerPath path;
  private final @Nullable RtxStream retransmissions;
  private final long handles;
  private final RtpPacket view = new RtpPacket();

  /// @param retransmissions null when the viewer takes none
  /// @param handles what the handles of the track's packets have in common
  EgressWriter(
      EgressFormat format,
      PeerTransport transport,
      SessionParts parts,
      ViewerPath path,
      @Nullable RtxStream retransmissions,
      long handles) {
    this.rewriter = new PacketRewriter(format, parts.header());
    this.transport = transport;
    this.parts = parts;
    this.path = path;
    this.retransmissions = retransmissions;
    this.handles = handles;
  }

  /// What is lost is sent again without being asked for, where a stream is there for that.
  private long handle(SourcePacket packet, EgressNumbering numbering) {
    return retransmissions == null
        ? BandwidthEstimator.NO_HANDLE
        : handles | numbering.index(packet);
  }

  long ssrc() {
    return rewriter.format().ssrc();
  }

  /// Tells the viewer to hold frames back. Without a stream for what is sent again, a packet must
  /// not change between one sending and the next.
  void delayPlayout(int extensionId, int millis) {
    if (retransmissions != null) {
      rewriter.delayPlayout(extensionId, millis);
    }
  }

  /// Whether what is sent again has a stream of its own.
  boolean hasRetransmissionStream() {
    return retransmissions != null;
  }

  /// See [io.wishbone.node.stream.RtpSink#prefetch].
  int prefetch() {
    return rewriter.prefetch() + transport.prefetch();
  }

  /// What a packet takes on the wire, about, without IP and UDP.
  int bytes(SourcePacket packet, EgressNumbering numbering) {
    int length =
        packet.layers().isFiller(numbering.target())
            ? packet.rtp().headerLength()
            : packet.rtp().length() - packet.rtp().payloadLength() + payloadLength(packet);
    return length + transport.rtpOverhead();
  }

  /// How long the payload is that the viewer gets.
  int payloadLength(SourcePacket packet) {
    return rewriter.payloadLength(packet);
  }

  /// Sends a packet, which was not sent before.
  ///
  /// @param probeCluster that it belongs to, or none
  /// @return the bytes that went out, 0 when it could not be sent
  int send(
      SourcePacket packet,
      EgressNumbering numbering,
      ExtensionMapping extensions,
      int probeCluster,
      long nowNanos) {
    Outbox outbox = parts.outbox();
    int bytes = bytes(packet, numbering);
    int offset = outbox.claim(bytes + PacketRewriter.MAX_GROWTH);
    int number = path.number(bytes, probeCluster, handle(packet, numbering), nowNanos);
    int length = rewriter.write(packet, numbering, extensions, number, outbox.buffer(), offset);
    int rolloverCounter = PacketRewriter.rolloverCounter(packet, numbering);
    return transport.sendRtp(offset, length, rolloverCounter) ? bytes : 0;
  }

  /// Sends a packet of the past again: in the retransmission stream, or else byte for byte as it
  /// was, also when the viewer gets fewer layers by now: a picture of which a part was sent is
  /// decoded with all of it, or not at all. Returns the bytes that went out.
  int sendAgain(EgressSegment segment, long viewerIndex, int probeCluster, long nowNanos) {
    SourcePacket packet = load(segment, viewerIndex);
    if (packet == null) {
      return 0;
    }
    RtxStream stream = retransmissions;
    if (stream == null) {
      return send(packet, segment.numbering(), segment.extensions(), probeCluster, nowNanos);
    }
    Outbox outbox = parts.outbox();
    int bytes = bytes(packet, segment.numbering()) + RtxPackets.OVERHEAD;
    int offset = outbox.claim(bytes + PacketRewriter.MAX_GROWTH);
    long handle = handle(packet, segment.numbering());
    int number = path.number(bytes, probeCluster, handle, nowNanos);
    int original = offset + RtxPackets.OVERHEAD;
    int length =
        rewriter.write(
            packet, segment.numbering(), segment.extensions(), number, outbox.buffer(), original);
    if (!view.wrap(outbox.buffer(), original, length)) {
      return 0;
    }
    int wrapped = stream.wrap(view, offset);
    return transport.sendRtp(offset, wrapped, stream.rolloverCounter()) ? bytes : 0;
  }

  /// Sends padding, where that can be told from a packet (RFC 4588 section 8.7 leaves it open; that
  /// is how browsers probe). Returns the bytes that went out.
  int pad(int wanted, int probeCluster, long nowNanos) {
    RtxStream stream = retransmissions;
    if (stream == null) {
      return 0;
    }
    Outbox outbox = parts.outbox();
    int padding = Math.clamp(wanted, 1, RtxPackets.MAX_PADDING);
    int bytes = RtpPacket.FIXED_HEADER_LENGTH + padding + transport.rtpOverhead();
    int offset = outbox.claim(bytes + PacketRewriter.MAX_GROWTH);
    int number = path.number(bytes, probeCluster, BandwidthEstimator.NO_HANDLE, nowNanos);
    int sequenceNumber = (int) stream.takeIndex() & 0xFFFF;
    int headerLength =
        rewriter.writeEmpty(
            stream.ssrc(), stream.payloadType(), sequenceNumber, number, outbox.buffer(), offset);
    int length = RtxPackets.pad(outbox.buffer(), offset, headerLength, padding);
    return transport.sendRtp(offset, length, stream.rolloverCounter()) ? bytes : 0;
  }

  /// The packet that the viewer knows, or is to know, by this index: no other is sent under it.
  @Nullable SourcePacket load(EgressSegment segment, long viewerIndex) {
    SourcePacket packet = load(segment.encoding(), segment.sourceIndex(viewerIndex));
    return packet != null
            && segment.numbering().includes(packet)
            && segment.numbering().index(packet) == viewerIndex
        ? packet
        : null;
  }

  /// A packet that is still held, as it came; null when it is not. It is the worker's scratch
  /// packet, good until the next one is loaded.
  @Nullable SourcePacket load(Encoding encoding, long sourceIndex) {
    PacketHistory history = encoding.history();
    int slot = history.find(sourceIndex);
    SourcePacket packet = parts.again();
    if (slot < 0
        || !packet.wrap(
            history.buffer(slot),
            history.offset(slot),
            history.length(slot),
            sourceIndex,
            history.arrivalNanos(slot))) {
      return null;
    }
    packet.classify(encoding.id(), encoding.codec(), encoding.redundancy());
    return encoding.layers().recall(packet) ? packet : null;
  }
}
