package io.wishbone.node.session;

import io.wishbone.node.forward.PacketRewriter;
import io.wishbone.node.forward.SourcePacket;
import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.nack.NackResponder;
import io.wishbone.webrtc.nack.PacketHistory;
import io.wishbone.webrtc.nack.RetransmissionBudget;
import io.wishbone.webrtc.nack.RtxPackets;
import io.wishbone.webrtc.nack.RtxStream;
import io.wishbone.webrtc.nack.Verdict;
import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.rtp.SequenceNumbers;
import io.wishbone.webrtc.transport.PeerTransport;
import org.jspecify.annotations.Nullable;

/// Sends a viewer again what it has lost of a track: in the retransmission stream that was agreed
/// on, or else the very same packet once more.
final class Retransmitter {
  private final PacketRewriter rewriter;
  private final PeerTransport transport;
  private final SessionParts parts;
  private final NackResponder responder;
  private final @Nullable RtxStream stream;
  private final RtpPacket view = new RtpPacket();

  /// @param budget the viewer's, shared by its tracks
  /// @param stream null when the viewer takes none
  Retransmitter(
      PacketRewriter rewriter,
      PeerTransport transport,
      SessionParts parts,
      RetransmissionBudget budget,
      @Nullable RtxStream stream) {
    this.rewriter = rewriter;
    this.transport = transport;
    this.parts = parts;
    this.responder = new NackResponder(budget);
    this.stream = stream;
  }

  /// Answers a viewer that misses packets.
  ///
  /// @param newest the viewer's index of the newest packet that it was sent: what comes later was
  ///   not lost, whatever the viewer says
  /// @param roundTripNanos to the viewer, negative while it is not known
  void answer(Nack nack, EgressSegments segments, long newest, long roundTripNanos, long nowNanos) {
    for (int number : nack.sequenceNumbers()) {
      long viewerIndex = newest + SequenceNumbers.distance(number, (int) newest & 0xFFFF);
      EgressSegment segment = viewerIndex > newest ? null : segments.of(viewerIndex);
      if (segment != null) {
        answer(segment, viewerIndex, roundTripNanos, nowNanos);
      }
    }
  }

  private void answer(EgressSegment segment, long viewerIndex, long roundTripNanos, long nowNanos) {
    PacketHistory history = segment.encoding().history();
    long index = segment.numbering().sourceIndex(viewerIndex);
    Verdict verdict = responder.judge(history, index, viewerIndex, roundTripNanos, nowNanos);
    switch (verdict) {
      case SEND -> send(segment, history.find(index), index);
      case TOO_SOON, OVER_BUDGET, GONE, NOT_HERE, IGNORED -> {
        // Counted by the responder; what is still to come is sent when it does.
      }
    }
  }

  private void send(EgressSegment segment, int slot, long index) {
    PacketHistory history = segment.encoding().history();
    SourcePacket packet = parts.again();
    if (!packet.wrap(
        history.buffer(slot),
        history.offset(slot),
        history.length(slot),
        index,
        history.arrivalNanos(slot))) {
      return;
    }
    packet.classify(segment.encoding().id(), segment.encoding().codec());
    Outbox outbox = parts.outbox();
    int offset =
        outbox.claim(packet.rtp().length() + PacketRewriter.MAX_GROWTH + transport.rtpOverhead());
    int at = stream == null ? offset : offset + RtxPackets.OVERHEAD;
    int length =
        rewriter.write(packet, segment.numbering(), segment.extensions(), outbox.buffer(), at);
    if (stream == null) {
      transport.sendRtp(
          offset, length, PacketRewriter.rolloverCounter(packet, segment.numbering()));
    } else if (view.wrap(outbox.buffer(), at, length)) {
      int wrapped = stream.wrap(view, offset);
      transport.sendRtp(offset, wrapped, stream.rolloverCounter());
    }
  }

  /// Whether the viewer misses something that is not held any more. Asking resets it.
  boolean pollKeyframeNeeded() {
    return responder.pollKeyframeNeeded();
  }

  /// Packets sent again.
  long retransmitted() {
    return responder.retransmitted();
  }
}
