package io.wishbone.node.session;

import io.wishbone.node.allocation.Qualities;
import io.wishbone.node.forward.EgressFormat;
import io.wishbone.node.forward.EgressNumbering;
import io.wishbone.node.forward.ExtensionMapping;
import io.wishbone.node.forward.LayerFilter;
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
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.rtp.HeaderExtensionUris;
import io.wishbone.webrtc.sdp.RtpMap;
import io.wishbone.webrtc.transport.PeerTransport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One track of one viewer: which packets of the source it gets, and under which numbers they
/// begin.
///
/// ```
/// QualityWish --> LayerSelector: of which encoding --\
///            \--> LayerFilter: which of its layers ----+--> EgressFlow
/// packet ---------------------------------------------/
/// ```
final class EgressTrack {
  /// The first sequence number is drawn from the lower quarter, so that the viewer cannot take it
  /// for the end of a circle that it missed (RFC 3711 section 3.3.1).
  private static final int FIRST_SEQUENCE_BOUND = 0x4000;

  /// A group of pictures that has begun so lately is switched to in its midst.
  private static final long FRESH_NANOS = 400_000_000L;

  private final NegotiatedTrack negotiated;
  private final SessionParts parts;
  private final ViewerPath path;
  private final long ssrc;
  private final EgressFlow flow;
  private final LayerSelector selector = new LayerSelector();
  private final LayerFilter layers = new LayerFilter();
  private final QualityWish wish = new QualityWish();
  private final Replay replay = new Replay();
  private @Nullable Track track;
  private int passedOver = LayerSelector.NONE;
  private long newestPassedOver;

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
            twoByteExtensions,
            negotiated.format().redundancy());
    this.ssrc = format.ssrc();
    long handles = PacedHandle.of(number);
    var writer = new EgressWriter(format, transport, parts, path, retransmissionStream(), handles);
    this.flow = new EgressFlow(handles, codec().isVideo(), writer, parts, path, budget);
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
    return ssrc;
  }

  Codec codec() {
    return negotiated.codec();
  }

  /// What goes to the viewer.
  EgressFlow flow() {
    return flow;
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

  /// Carries this track from now on, numbered on from where the previous one ended.
  void bind(@Nullable Track next) {
    track = next;
    wish.reset();
    restart();
    flow.extensions(next == null ? ExtensionMapping.NOTHING : mapping(next));
  }

  /// Begins anew with the next keyframe: what waits is not sent any more.
  void restart() {
    replay.end();
    flow.stop();
    selector.reset();
    passedOver = LayerSelector.NONE;
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

  /// Sends what the viewer has chosen, as soon as that can begin. The choice outlives sources.
  void choose(LayerChoice next) {
    wish.choose(next);
  }

  /// Whether the viewer gets an encoding of the track, waits for it, or would get it if it were
  /// sent.
  ///
  /// @param room what the path has for the picture, bits a second
  boolean uses(Encoding candidate, long room) {
    return candidate == current() || candidate == awaited() || wish.mayMean(candidate, room);
  }

  /// Tells the viewer to hold frames back for so long.
  void delayPlayout(int millis) {
    if (codec().isVideo()) {
      flow.delayPlayout(negotiated.extensionId(HeaderExtensionUris.PLAYOUT_DELAY), millis);
    }
  }

  /// Chooses the quality that the path has room for, of those that the viewer has left open.
  ///
  /// @param room what is left for the picture, bits a second
  /// @return whether a keyframe is awaited for it now
  boolean allocate(long room, Qualities scratch, long nowNanos) {
    Track source = track;
    return source != null
        && codec().isVideo()
        && wish.allocate(source, room, scratch, nowNanos)
        && awaited() != null;
  }

  /// Goes on with the encoding that is awaited at once, where its group of pictures has only begun.
  /// False: its keyframe is needed.
  boolean switchWithPast(long nowNanos) {
    Track source = track;
    Encoding awaited = awaited();
    if (source == null
        || awaited == null
        || selector.current() == LayerSelector.NONE
        || selector.current() == awaited.id()) {
      return false;
    }
    GroupOfPictures group = awaited.history().group();
    if (!group.isThere() || nowNanos - group.startNanos() > FRESH_NANOS) {
      return false;
    }
    replay.end();
    flow.forgetWaiting();
    return beginWithPast(source, awaited, nowNanos);
  }

  /// Begins with what is kept of the present group of pictures, so that there is a picture at once.
  ///
  /// @return whether a keyframe is needed all the same
  boolean beginWithPast(long nowNanos) {
    Track source = track;
    if (source == null || !codec().isVideo()) {
      return false;
    }
    Encoding wanted = source.encoding(wish.encoding(source));
    return switch (PastChoice.of(wanted, parts.policy(), nowNanos)) {
      case NOTHING -> true;
      case PAST -> wanted == null || !beginWithPast(source, wanted, nowNanos);
      case PAST_AND_KEYFRAME -> {
        if (wanted != null) {
          beginWithPast(source, wanted, nowNanos);
        }
        yield true;
      }
    };
  }

  private boolean beginWithPast(Track source, Encoding wanted, long nowNanos) {
    long last = wanted.history().highest();
    SourcePacket newest = flow.load(wanted, last);
    if (newest == null) {
      return false;
    }
    long newestTimestamp = newest.rtp().timestamp();
    layers.want(wish.target(source, wanted.id()));
    int target = layers.beginning();
    long firstNumber =
        flow.planned().isStarted() ? -1 : parts.random().nextInt(FIRST_SEQUENCE_BOUND);
    EgressNumbering next =
        PastNumbering.of(
            wanted, target, flow.planned(), firstNumber, newest, index -> flow.load(wanted, index));
    SourcePacket keyframe =
        next == null ? null : flow.load(wanted, wanted.history().group().first());
    if (next == null || keyframe == null) {
      return false;
    }
    selector.want(wanted.id());
    selector.begin(wanted.id());
    layers.begin();
    flow.begin(wanted, next, keyframe);
    replay.begin(wanted, last, newestTimestamp, nowNanos);
    path.catchUp(nowNanos);
    replay(nowNanos);
    return true;
  }

  /// Lets as much of the past wait as the pacer needs to have at hand. To be called when it has
  /// sent a picture's packet.
  void replay(long nowNanos) {
    Track source = track;
    while (source != null && replay.isOn() && path.hasRoom(nowNanos)) {
      SourcePacket packet = replay.read(flow, nowNanos);
      if (packet != null) {
        forward(source, packet, nowNanos);
        path.catchUp(nowNanos);
      } else if (replay.isBroken()) {
        path.dropPictures();
      }
    }
  }

  /// Sends the packet, or lets it wait, unless it is not for this viewer.
  void onPacket(Track source, SourcePacket packet) {
    selector.want(wish.encoding(source));
    switch (selector.decide(packet.encoding(), packet.keyframe())) {
      case SKIP -> passOver(packet);
      case SWITCH -> switchTo(source, source.encoding(packet.encoding()), packet);
      case FORWARD -> {
        if (isFarBehind(packet)) {
          switchTo(source, flow.encoding(), packet);
        } else if (!replay.isOn()) {
          forward(source, packet, packet.arrivalNanos());
        } else if (!replay.hold(packet)) {
          flow.forward(packet, packet.arrivalNanos());
        }
      }
    }
  }

  /// See [io.wishbone.node.stream.RtpSink#prefetch].
  int prefetch() {
    return selector.current() + layers.current() + wish.prefetch() + flow.prefetch();
  }

  private void forward(Track source, SourcePacket packet, long nowNanos) {
    layers.want(wish.target(source, packet.encoding()));
    if (layers.changesAt(packet)) {
      flow.retarget(packet, layers.current(), nowNanos);
    }
    flow.forward(packet, nowNanos);
  }

  private void passOver(SourcePacket packet) {
    if (packet.encoding() != passedOver) {
      passedOver = packet.encoding();
      newestPassedOver = packet.index();
    }
    newestPassedOver = Math.max(newestPassedOver, packet.index());
  }

  /// A keyframe makes what waits before it dispensable: one that comes in its order.
  private boolean isFarBehind(SourcePacket packet) {
    return codec().isVideo()
        && packet.keyframe()
        && (replay.isOn()
            ? replay.isFollowedBy(packet)
            : !flow.isOfFrame(packet) && flow.planned().isBefore(packet))
        && path.isFarBehind(replay.bytes(), packet.arrivalNanos());
  }

  /// New constants: this packet follows directly on the last one sent. Where it is one that was
  /// lost and repaired, others of its frame have come before.
  private void switchTo(Track source, @Nullable Encoding next, SourcePacket packet) {
    replay.end();
    flow.forgetWaiting();
    layers.want(wish.target(source, packet.encoding()));
    layers.begin();
    int target = layers.current();
    EgressPosition planned = flow.planned();
    EgressNumbering under =
        planned.isStarted()
            ? planned.follow(packet, next, target, codec().clockRate())
            : EgressNumbering.beginning(
                packet,
                target,
                parts.random().nextInt(FIRST_SEQUENCE_BOUND),
                packet.rtp().timestamp());
    flow.begin(next, under, packet);
    long nowNanos = packet.arrivalNanos();
    long following = packet.index() + 1;
    boolean overtaken = codec().isVideo() && passedOver == packet.encoding();
    passedOver = LayerSelector.NONE;
    flow.forward(packet, nowNanos);
    if (overtaken) {
      flow.replay(following, newestPassedOver, nowNanos);
    }
  }

  /// The source's encoding that is sent now; null when none is.
  @Nullable Encoding current() {
    return track == null ? null : track.encoding(selector.current());
  }

  /// What the viewer is sent of the track, bits a second; 0 while that is not known.
  long bitrate() {
    Encoding present = current();
    return present == null || track == null || !track.sends(present.id())
        ? 0
        : present.bitrate(layers.current());
  }

  /// What the best quality of the track takes, bits a second; 0 while that is not known.
  long highestBitrate() {
    return track == null ? 0 : track.highestBitrate();
  }

  /// The encoding of which a keyframe is to be asked for when the viewer begins.
  @Nullable Encoding keyframeWished() {
    Encoding awaited = awaited();
    return awaited == null ? current() : awaited;
  }

  /// The encoding whose keyframe this viewer waits for; null when it waits for none.
  @Nullable Encoding awaited() {
    Track source = track;
    if (source == null || !codec().isVideo()) {
      return null;
    }
    if (selector.current() == LayerSelector.NONE && source.preferred() == LayerSelector.NONE) {
      List<Encoding> encodings = source.encodings();
      return encodings.isEmpty() ? null : encodings.getFirst();
    }
    selector.want(wish.encoding(source));
    Encoding another = source.encoding(selector.awaited());
    Encoding present = current();
    if (another != null || present == null) {
      return another;
    }
    layers.want(wish.target(source, present.id()));
    return replay.isLate() || layers.awaitsKeyframe(present.layers()) ? present : null;
  }
}
