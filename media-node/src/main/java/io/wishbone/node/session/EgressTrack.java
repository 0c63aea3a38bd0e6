package io.wishbone.node.session;

import io.wishbone.node.forward.Decision;
import io.wishbone.node.forward.EgressFormat;
import io.wishbone.node.forward.EgressNumbering;
import io.wishbone.node.forward.ExtensionMapping;
import io.wishbone.node.forward.LayerSelector;
import io.wishbone.node.forward.PacketRewriter;
import io.wishbone.node.forward.SourcePacket;
import io.wishbone.node.negotiation.Extensions;
import io.wishbone.node.negotiation.FormatMatcher;
import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.LayerChoice;
import io.wishbone.node.stream.Track;
import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.nack.RetransmissionBudget;
import io.wishbone.webrtc.nack.RtxStream;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.sdp.RtpMap;
import io.wishbone.webrtc.transport.PeerTransport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One track on its way to one viewer: which packets, under which numbers.
final class EgressTrack {
  /// The first sequence number is drawn from the lower quarter, so that the viewer cannot take it
  /// for the end of a circle that it missed (RFC 3711 section 3.3.1).
  private static final int FIRST_SEQUENCE_BOUND = 0x4000;

  private final NegotiatedTrack negotiated;
  private final PeerTransport transport;
  private final SessionParts parts;
  private final PacketRewriter rewriter;
  private final LayerSelector selector = new LayerSelector();
  private final EgressPosition position = new EgressPosition();
  private final EgressSegments segments = new EgressSegments();
  private final Retransmitter retransmitter;
  private ExtensionMapping extensions = ExtensionMapping.NOTHING;
  private @Nullable Track track;
  private @Nullable EgressNumbering numbering;
  private LayerChoice choice = LayerChoice.AUTOMATIC;
  private long packets;
  private long octets;

  EgressTrack(
      NegotiatedTrack negotiated,
      boolean twoByteExtensions,
      PeerTransport transport,
      SessionParts parts,
      RetransmissionBudget budget) {
    this.negotiated = negotiated;
    this.transport = transport;
    this.parts = parts;
    var format =
        new EgressFormat(
            negotiated.announcedSsrc() == 0 ? parts.randomSsrc() : negotiated.announcedSsrc(),
            negotiated.format().payloadType(),
            negotiated.midExtensionId(),
            negotiated.mid(),
            twoByteExtensions);
    this.rewriter = new PacketRewriter(format, parts.header());
    this.retransmitter =
        new Retransmitter(rewriter, transport, parts, budget, retransmissionStream());
  }

  private @Nullable RtxStream retransmissionStream() {
    RtpMap map = negotiated.format().rtx();
    return map == null || !negotiated.hasRetransmissionStream()
        ? null
        : new RtxStream(
            negotiated.announcedRtxSsrc(),
            map.payloadType(),
            parts.random().nextInt(FIRST_SEQUENCE_BOUND));
  }

  long ssrc() {
    return rewriter.format().ssrc();
  }

  Codec codec() {
    return negotiated.codec();
  }

  /// Whether the viewer can play a track with what was agreed on with it.
  boolean canCarry(Track candidate) {
    return candidate.codec() == codec()
        && FormatMatcher.isPlayable(codec(), negotiated.parameters(), candidate.parameters());
  }

  /// The source's track that this one carries; null while there is none.
  @Nullable Track track() {
    return track;
  }

  long packets() {
    return packets;
  }

  long octets() {
    return octets;
  }

  /// Carries this track from now on, numbered on from where the previous one ended.
  void bind(@Nullable Track next) {
    track = next;
    selector.reset();
    extensions = next == null ? ExtensionMapping.NOTHING : mapping(next);
  }

  private ExtensionMapping mapping(Track source) {
    List<Integer> from = new ArrayList<>();
    List<Integer> to = new ArrayList<>();
    for (String uri : Extensions.PASSED_ON) {
      Integer sourceId = source.extensionIds().get(uri);
      int viewerId = negotiated.extensionId(uri);
      if (sourceId != null && viewerId != 0) {
        from.add(sourceId);
        to.add(viewerId);
      }
    }
    return new ExtensionMapping(
        from.stream().mapToInt(Integer::intValue).toArray(),
        to.stream().mapToInt(Integer::intValue).toArray());
  }

  /// Sends what the viewer has chosen, from the next keyframe of it on. The choice outlives
  /// sources.
  void choose(LayerChoice next) {
    choice = next;
  }

  /// The encoding that the viewer is to get.
  private int wanted(Track source) {
    return choice == LayerChoice.AUTOMATIC ? source.preferred() : source.closestTo(choice);
  }

  /// Sends the packet, unless it is not for this viewer.
  void onPacket(Track source, SourcePacket packet) {
    selector.want(wanted(source));
    Decision decision = selector.decide(packet.encoding(), packet.keyframe());
    EgressNumbering current =
        switch (decision) {
          case SKIP -> null;
          case SWITCH -> renumber(source, packet);
          case FORWARD -> numbering;
        };
    if (current == null) {
      return;
    }
    if (!current.covers(packet.index())) {
      parts.drops().count(MediaDropReason.BEFORE_SWITCH);
      return;
    }
    send(packet, current);
  }

  private void send(SourcePacket packet, EgressNumbering current) {
    Outbox outbox = parts.outbox();
    int offset =
        outbox.claim(packet.rtp().length() + PacketRewriter.MAX_GROWTH + transport.rtpOverhead());
    int length = rewriter.write(packet, current, extensions, outbox.buffer(), offset);
    if (transport.sendRtp(offset, length, PacketRewriter.rolloverCounter(packet, current))) {
      packets++;
      octets += packet.rtp().payloadLength();
      position.advance(packet, current);
    }
  }

  /// New constants: this packet follows directly on the last one sent.
  private EgressNumbering renumber(Track source, SourcePacket packet) {
    Encoding encoding = source.encoding(packet.encoding());
    EgressNumbering next =
        position.isStarted()
            ? position.follow(packet, encoding, codec().clockRate())
            : EgressNumbering.beginning(
                packet.index(),
                packet.rtp().timestamp(),
                parts.random().nextInt(FIRST_SEQUENCE_BOUND),
                packet.rtp().timestamp());
    position.begin(encoding);
    numbering = next;
    if (encoding != null) {
      segments.add(new EgressSegment(encoding, next, extensions, next.index(packet.index())));
    }
    return next;
  }

  /// Sends again what the viewer reports as lost.
  ///
  /// @param roundTripNanos to the viewer, negative while it is not known
  void onNack(Nack nack, long roundTripNanos, long nowNanos) {
    if (position.isStarted()) {
      retransmitter.answer(nack, segments, position.index(), roundTripNanos, nowNanos);
    }
  }

  /// Whether the viewer misses something that cannot be sent again. Asking resets it.
  boolean pollKeyframeNeeded() {
    return retransmitter.pollKeyframeNeeded() && codec().isVideo();
  }

  /// Packets sent again.
  long retransmitted() {
    return retransmitter.retransmitted();
  }

  /// The source's encoding that is sent now; null when none is.
  @Nullable Encoding current() {
    return track == null ? null : track.encoding(selector.current());
  }

  /// The source's timestamp as the viewer knows it.
  long timestamp(long sourceTimestamp) {
    return numbering == null ? sourceTimestamp : numbering.timestamp(sourceTimestamp);
  }

  /// The encoding whose keyframe this viewer waits for; null when it waits for none.
  @Nullable Encoding awaited() {
    if (track == null || !codec().isVideo()) {
      return null;
    }
    if (selector.current() == LayerSelector.NONE && track.preferred() == LayerSelector.NONE) {
      List<Encoding> encodings = track.encodings();
      return encodings.isEmpty() ? null : encodings.getFirst();
    }
    selector.want(wanted(track));
    return track.encoding(selector.awaited());
  }
}
