package io.wishbone.node.session;

import io.wishbone.node.allocation.Qualities;
import io.wishbone.node.allocation.QualityChoice;
import io.wishbone.node.forward.Decision;
import io.wishbone.node.forward.EgressFormat;
import io.wishbone.node.forward.EgressNumbering;
import io.wishbone.node.forward.ExtensionMapping;
import io.wishbone.node.forward.LayerSelector;
import io.wishbone.node.forward.SourcePacket;
import io.wishbone.node.negotiation.Extensions;
import io.wishbone.node.negotiation.FormatMatcher;
import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.LayerChoice;
import io.wishbone.node.stream.Track;
import io.wishbone.webrtc.nack.GroupOfPictures;
import io.wishbone.webrtc.nack.RetransmissionBudget;
import io.wishbone.webrtc.nack.RtxStream;
import io.wishbone.webrtc.pacer.PacketClass;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.rtp.HeaderExtensionUris;
import io.wishbone.webrtc.sdp.RtpMap;
import io.wishbone.webrtc.transport.PeerTransport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One track on its way to one viewer: which packets, under which numbers.
///
/// ```
/// packet --> LayerSelector --> EgressNumbering --> goes at once ----+--> EgressWriter
///                                    |        \--> waits (pacer) ---+
///                               EgressSegments <------ lost: Retransmitter
/// ```
final class EgressTrack {
  /// The first sequence number is drawn from the lower quarter, so that the viewer cannot take it
  /// for the end of a circle that it missed (RFC 3711 section 3.3.1).
  private static final int FIRST_SEQUENCE_BOUND = 0x4000;

  /// A group of pictures that has begun so lately is switched to in its midst.
  private static final long FRESH_NANOS = 400_000_000L;

  private static final long NEVER = Long.MIN_VALUE;

  private final NegotiatedTrack negotiated;
  private final SessionParts parts;
  private final ViewerPath path;
  private final EgressWriter writer;
  private final LayerSelector selector = new LayerSelector();
  private final EgressSegments segments = new EgressSegments();
  private final SentWindow numbers = new SentWindow();
  private final EgressPosition planned = new EgressPosition();
  private final EgressPosition sent = new EgressPosition();
  private final Retransmitter retransmitter;
  private ExtensionMapping extensions = ExtensionMapping.NOTHING;
  private @Nullable Track track;
  private @Nullable Encoding encoding;
  private @Nullable EgressNumbering numbering;
  private final QualityChoice quality = new QualityChoice();
  private LayerChoice choice = LayerChoice.AUTOMATIC;
  private int passedOver = LayerSelector.NONE;
  private long newestPassedOver;
  private long firstFrameNanos = NEVER;
  private long packets;
  private long octets;

  /// @param number of the track among the viewer's
  EgressTrack(
      int number,
      NegotiatedTrack negotiated,
      boolean twoByteExtensions,
      PeerTransport transport,
      SessionParts parts,
      ViewerPath path,
      RetransmissionBudget budget) {
    this.negotiated = negotiated;
    this.parts = parts;
    this.path = path;
    var format =
        new EgressFormat(
            negotiated.announcedSsrc() == 0 ? parts.randomSsrc() : negotiated.announcedSsrc(),
            negotiated.format().payloadType(),
            negotiated.midExtensionId(),
            negotiated.mid(),
            negotiated.extensionId(HeaderExtensionUris.TRANSPORT_WIDE_CC),
            twoByteExtensions);
    long handles = PacedHandle.of(number);
    this.writer = new EgressWriter(format, transport, parts, path, retransmissionStream(), handles);
    this.retransmitter = new Retransmitter(path, handles, budget);
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
    return writer.ssrc();
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

  /// When the first frame had been sent, `Long.MIN_VALUE` while none has.
  long firstFrameNanos() {
    return firstFrameNanos;
  }

  /// Carries this track from now on, numbered on from where the previous one ended.
  void bind(@Nullable Track next) {
    track = next;
    quality.reset();
    restart();
    extensions = next == null ? ExtensionMapping.NOTHING : mapping(next);
  }

  /// Begins anew with the next keyframe: what waits is not sent any more.
  void restart() {
    forgetWaiting();
    selector.reset();
    encoding = null;
    numbering = null;
    passedOver = LayerSelector.NONE;
  }

  private void forgetWaiting() {
    if (codec().isVideo()) {
      path.clearPictures();
      planned.rewind(sent);
      numbers.free(sent.isStarted() ? sent.index() : -1);
    }
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
    if (choice != LayerChoice.AUTOMATIC) {
      return source.closestTo(choice);
    }
    int fitting = quality.current();
    return fitting == QualityChoice.NONE || !source.sends(fitting) ? source.preferred() : fitting;
  }

  /// Whether the viewer gets an encoding of the track, waits for it, or would get it if it were
  /// sent.
  ///
  /// @param room what the path has for the picture, bits a second
  boolean uses(Encoding candidate, long room) {
    if (candidate == current() || candidate == awaited()) {
      return true;
    }
    return choice == LayerChoice.AUTOMATIC
        ? candidate.potentialBitrate() <= room
        : choice.mayMean(candidate);
  }

  /// Chooses the quality that the path has room for, unless the viewer has chosen.
  ///
  /// @param room what is left for the picture, bits a second
  /// @return whether another encoding is awaited now
  boolean allocate(long room, Qualities scratch, long nowNanos) {
    Track source = track;
    if (source == null || !codec().isVideo() || choice != LayerChoice.AUTOMATIC) {
      return false;
    }
    int before = quality.current();
    scratch.clear();
    source.describe(scratch::add);
    return quality.choose(scratch, room, nowNanos) != before && awaited() != null;
  }

  /// Goes on with the encoding that is awaited at once, where its group of pictures has only begun.
  /// False: its keyframe is needed.
  boolean switchWithPast(long nowNanos) {
    Encoding awaited = awaited();
    if (awaited == null || selector.current() == LayerSelector.NONE) {
      return false;
    }
    GroupOfPictures group = awaited.history().group();
    if (!group.isThere() || nowNanos - group.startNanos() > FRESH_NANOS) {
      return false;
    }
    forgetWaiting();
    return beginWithPast(awaited, nowNanos);
  }

  /// Begins with what is kept of the present group of pictures, so that there is a picture at once.
  ///
  /// @return whether a keyframe is needed all the same
  boolean beginWithPast(long nowNanos) {
    Track source = track;
    if (source == null || !codec().isVideo()) {
      return false;
    }
    Encoding wanted = source.encoding(wanted(source));
    return switch (PastChoice.of(wanted, parts.policy(), nowNanos)) {
      case NOTHING -> true;
      case PAST -> wanted == null || !beginWithPast(wanted, nowNanos);
      case PAST_AND_KEYFRAME -> {
        if (wanted != null) {
          beginWithPast(wanted, nowNanos);
        }
        yield true;
      }
    };
  }

  private boolean beginWithPast(Encoding wanted, long nowNanos) {
    long first = wanted.history().group().first();
    long last = wanted.history().highest();
    SourcePacket newest = writer.load(wanted, last);
    if (newest == null) {
      return false;
    }
    EgressNumbering next =
        PastNumbering.of(wanted, planned, newest, index -> writer.load(wanted, index));
    if (next == null) {
      return false;
    }
    if (!planned.isStarted()) {
      next = next.shiftedTo(first, parts.random().nextInt(FIRST_SEQUENCE_BOUND));
    }
    selector.want(wanted.id());
    selector.begin(wanted.id());
    begin(wanted, next, next.index(first));
    replay(first, last, nowNanos);
    path.catchUp();
    return true;
  }

  private void begin(@Nullable Encoding next, EgressNumbering under, long firstIndex) {
    encoding = next;
    numbering = under;
    if (next != null) {
      segments.add(new EgressSegment(next, under, extensions, firstIndex));
    }
  }

  /// Sends what is kept of the present encoding.
  private void replay(long first, long last, long nowNanos) {
    Encoding present = encoding;
    EgressNumbering current = numbering;
    if (present == null || current == null) {
      return;
    }
    for (long index = first; index <= last; index++) {
      SourcePacket packet = writer.load(present, index);
      if (packet != null) {
        forward(packet, current, nowNanos);
      }
    }
  }

  /// Sends the packet, or lets it wait, unless it is not for this viewer.
  void onPacket(Track source, SourcePacket packet) {
    selector.want(wanted(source));
    Decision decision = selector.decide(packet.encoding(), packet.keyframe());
    switch (decision) {
      case SKIP -> passOver(packet);
      case SWITCH -> switchTo(source.encoding(packet.encoding()), packet);
      case FORWARD -> {
        if (isFarBehind(packet)) {
          switchTo(encoding, packet);
        } else {
          forward(packet);
        }
      }
    }
  }

  private void passOver(SourcePacket packet) {
    if (packet.encoding() != passedOver) {
      passedOver = packet.encoding();
      newestPassedOver = packet.index();
    }
    newestPassedOver = Math.max(newestPassedOver, packet.index());
  }

  /// A keyframe makes what waits before it dispensable.
  private boolean isFarBehind(SourcePacket packet) {
    return codec().isVideo()
        && packet.keyframe()
        && !planned.isOfFrame(packet)
        && path.isFarBehind(packet.arrivalNanos());
  }

  /// New constants: this packet follows directly on the last one sent. Where it is one that was
  /// lost and repaired, others of its frame have come before.
  private void switchTo(@Nullable Encoding next, SourcePacket packet) {
    forgetWaiting();
    EgressNumbering under =
        planned.isStarted()
            ? planned.follow(packet, next, codec().clockRate())
            : EgressNumbering.beginning(
                packet.index(),
                packet.rtp().timestamp(),
                parts.random().nextInt(FIRST_SEQUENCE_BOUND),
                packet.rtp().timestamp());
    begin(next, under, under.index(packet.index()));
    long nowNanos = packet.arrivalNanos();
    long following = packet.index() + 1;
    boolean overtaken = codec().isVideo() && passedOver == packet.encoding();
    passedOver = LayerSelector.NONE;
    forward(packet);
    if (overtaken) {
      replay(following, newestPassedOver, nowNanos);
    }
  }

  private void forward(SourcePacket packet) {
    EgressNumbering current = numbering;
    if (current != null) {
      forward(packet, current, packet.arrivalNanos());
    }
  }

  private void forward(SourcePacket packet, EgressNumbering current, long nowNanos) {
    if (!current.covers(packet.index())) {
      parts.drops().count(MediaDropReason.BEFORE_SWITCH);
      return;
    }
    long index = current.index(packet.index());
    if (!numbers.take(index)) {
      parts.drops().count(MediaDropReason.DUPLICATE);
      return;
    }
    planned.advance(packet, encoding, current);
    int bytes = writer.bytes(packet);
    if (!codec().isVideo()) {
      path.onSoundSent(bytes, nowNanos);
      send(packet, current, extensions, ViewerPath.NO_PROBE, nowNanos);
    } else if (path.pass(bytes, nowNanos)) {
      send(packet, current, extensions, ViewerPath.NO_PROBE, nowNanos);
    } else {
      path.enqueue(PacketClass.PICTURE, retransmitter.handle(index), bytes, nowNanos);
    }
  }

  private int send(
      SourcePacket packet,
      EgressNumbering under,
      ExtensionMapping with,
      int probeCluster,
      long nowNanos) {
    int bytes = writer.send(packet, under, with, probeCluster, nowNanos);
    if (bytes > 0) {
      packets++;
      octets += packet.rtp().payloadLength();
      sent.advance(packet, encoding, under);
      if (firstFrameNanos == NEVER && packet.rtp().marker()) {
        firstFrameNanos = nowNanos;
      }
    }
    return bytes;
  }

  /// Sends a packet that has waited. Returns the bytes that went out.
  int sendPaced(PacketClass kind, long index, int probeCluster, long nowNanos) {
    EgressSegment segment = segments.of(index);
    if (segment == null) {
      return 0;
    }
    long sourceIndex = segment.numbering().sourceIndex(index);
    return switch (kind) {
      case REPAIR -> {
        int bytes = writer.sendAgain(segment, sourceIndex, probeCluster, nowNanos);
        yield bytes > 0
                && writer.hasRetransmissionStream()
                && retransmitter.isRepeated(bytes, nowNanos)
            ? bytes + writer.sendAgain(segment, sourceIndex, probeCluster, nowNanos)
            : bytes;
      }
      case PICTURE, SOUND -> {
        SourcePacket packet = writer.load(segment.encoding(), sourceIndex);
        yield packet == null
            ? 0
            : send(packet, segment.numbering(), segment.extensions(), probeCluster, nowNanos);
      }
    };
  }

  /// Sends padding. Returns the bytes that went out.
  int pad(int bytes, int probeCluster, long nowNanos) {
    return sent.isStarted() ? writer.pad(bytes, probeCluster, nowNanos) : 0;
  }

  /// Sends again what the viewer reports as lost.
  ///
  /// @param roundTripNanos to the viewer, negative while it is not known
  void onNack(Nack nack, long roundTripNanos, long nowNanos) {
    if (sent.isStarted()) {
      retransmitter.answer(nack, segments, sent.index(), roundTripNanos, nowNanos);
    }
  }

  /// Tells the viewer to hold frames back for so long.
  void delayPlayout(int millis) {
    if (codec().isVideo()) {
      writer.delayPlayout(negotiated.extensionId(HeaderExtensionUris.PLAYOUT_DELAY), millis);
    }
  }

  /// Sends again what was sent in vain.
  ///
  /// @param sentNanos when it was
  void onLost(long viewerIndex, long sentNanos, long nowNanos) {
    if (sent.isStarted()) {
      retransmitter.repair(segments, viewerIndex, sent.index(), sentNanos, nowNanos);
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

  /// What the best quality of the track takes, bits a second; 0 while that is not known.
  long highestBitrate() {
    return track == null ? 0 : track.highestBitrate();
  }

  /// What the encoding takes that is sent now, bits a second; 0 while none is.
  long bitrate() {
    Encoding present = current();
    return present == null || track == null || !track.sends(present.id()) ? 0 : present.bitrate();
  }

  /// The encoding of which a keyframe is to be asked for when the viewer begins.
  @Nullable Encoding keyframeWished() {
    Encoding awaited = awaited();
    return awaited == null ? current() : awaited;
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
