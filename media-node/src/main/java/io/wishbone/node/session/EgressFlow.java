package io.wishbone.node.session;

import io.wishbone.node.forward.EgressNumbering;
import io.wishbone.node.forward.ExtensionMapping;
import io.wishbone.node.forward.LayerTarget;
import io.wishbone.node.forward.SourcePacket;
import io.wishbone.node.stream.Encoding;
import io.wishbone.webrtc.nack.RetransmissionBudget;
import io.wishbone.webrtc.pacer.PacketClass;
import io.wishbone.webrtc.rtcp.Nack;
import org.jspecify.annotations.Nullable;

/// The packets of one track on their way to one viewer, in one row of numbers from the first to the
/// last: what is to be sent goes at once or waits, and is sent again when it was lost.
///
/// ```
/// packet --> EgressNumbering --> goes at once ----+--> EgressWriter
///                    |       \--> waits (pacer) --+
///               EgressSegments <------ lost: Retransmitter
/// ```
final class EgressFlow {
  private static final long NEVER = Long.MIN_VALUE;
  private static final long UNKNOWN = -1;

  private final EgressWriter writer;
  private final SessionParts parts;
  private final ViewerPath path;
  private final boolean video;
  private final Retransmitter retransmitter;
  private final EgressSegments segments = new EgressSegments();
  private final SentWindow numbers = new SentWindow();
  private final SentWindow used = new SentWindow();
  private final EgressPosition planned = new EgressPosition();
  private final EgressPosition sent = new EgressPosition();
  private ExtensionMapping extensions = ExtensionMapping.NOTHING;
  private @Nullable Encoding encoding;
  private @Nullable EgressNumbering numbering;
  private long firstFrameNanos = NEVER;
  private long packets;
  private long octets;

  /// @param handles what the handles of the track's packets have in common
  /// @param video whether packets may wait, and numbers be given to others when they are dropped
  EgressFlow(
      long handles,
      boolean video,
      EgressWriter writer,
      SessionParts parts,
      ViewerPath path,
      RetransmissionBudget budget) {
    this.video = video;
    this.writer = writer;
    this.parts = parts;
    this.path = path;
    this.retransmitter = new Retransmitter(path, handles, budget);
  }

  /// Where the next packet would follow.
  EgressPosition planned() {
    return planned;
  }

  @Nullable Encoding encoding() {
    return encoding;
  }

  long packets() {
    return packets;
  }

  long octets() {
    return octets;
  }

  long retransmitted() {
    return retransmitter.retransmitted();
  }

  /// When the first frame had been sent, `Long.MIN_VALUE` while none has.
  long firstFrameNanos() {
    return firstFrameNanos;
  }

  /// The source's timestamp as the viewer knows it.
  long timestamp(long sourceTimestamp) {
    return numbering == null ? sourceTimestamp : numbering.timestamp(sourceTimestamp);
  }

  /// What passes of the source's header extensions from the next beginning on.
  void extensions(ExtensionMapping mapping) {
    extensions = mapping;
  }

  /// Nothing is sent until the next beginning: what waits is not sent any more.
  void stop() {
    forgetWaiting();
    encoding = null;
    numbering = null;
  }

  /// What waits is not sent any more, and its numbers are free.
  void forgetWaiting() {
    if (video) {
      path.clearPictures();
      planned.rewind(sent);
      numbers.free(sent.isStarted() ? sent.index() : -1);
    }
  }

  /// Begins with an encoding.
  ///
  /// @param first the first packet under this numbering
  void begin(@Nullable Encoding next, EgressNumbering under, SourcePacket first) {
    begin(next, under, under.index(first), false);
  }

  private void begin(
      @Nullable Encoding next, EgressNumbering under, long firstIndex, boolean continues) {
    encoding = next;
    numbering = under;
    if (next != null) {
      segments.add(new EgressSegment(next, under, extensions, firstIndex, continues));
    }
  }

  /// Goes on with other layers of the same encoding, from this packet on; with fewer, from the
  /// first picture on that waits.
  void retarget(SourcePacket packet, int target, long nowNanos) {
    EgressNumbering current = numbering;
    if (current == null) {
      return;
    }
    boolean fewer = LayerTarget.meet(target, current.target()) == target;
    if (!fewer
        || !path.waits()
        || !sent.isOf(encoding)
        || sent.sourceIndex() < current.firstIndex()
        || !thinWaiting(packet, current, target, nowNanos)) {
      turn(packet, current, target);
    }
  }

  private void turn(SourcePacket packet, EgressNumbering current, int target) {
    EgressNumbering next = current.retargeted(packet, target);
    begin(encoding, next, next.index(packet), true);
  }

  /// Plans what waits before this packet anew, with fewer layers: no number of it was sent. False:
  /// no picture begins there.
  private boolean thinWaiting(
      SourcePacket until, EgressNumbering current, int target, long nowNanos) {
    Encoding present = encoding;
    forgetWaiting();
    boolean turned = false;
    long timestamp = sent.sourceTimestamp();
    for (long i = sent.sourceIndex() + 1; i < until.index() && present != null; i++) {
      SourcePacket waiting = writer.load(present, i);
      if (waiting == null) {
        timestamp = UNKNOWN; // what is missing may be of the picture that follows
        continue;
      }
      boolean begins = timestamp != UNKNOWN && timestamp != waiting.rtp().timestamp();
      timestamp = waiting.rtp().timestamp();
      if (!turned && begins && !waiting.layers().isLate()) {
        turn(waiting, current, target);
        turned = true;
      }
      forward(waiting, nowNanos);
    }
    return turned;
  }

  /// Whether the newest packet is of the same frame as this one of the same encoding.
  boolean isOfFrame(SourcePacket packet) {
    return planned.isOfFrame(packet);
  }

  /// Sends what has come already of the present encoding.
  void replay(long first, long last, long nowNanos) {
    Encoding present = encoding;
    for (long index = first; index <= last && present != null; index++) {
      SourcePacket packet = writer.load(present, index);
      if (packet != null) {
        forward(packet, nowNanos);
      }
    }
  }

  @Nullable SourcePacket load(Encoding of, long index) {
    return writer.load(of, index);
  }

  /// See [io.wishbone.node.stream.RtpSink#prefetch].
  int prefetch() {
    EgressNumbering current = numbering;
    return numbers.prefetch()
        + used.prefetch()
        + (int) (planned.index() + sent.index())
        + (current == null ? 0 : current.target())
        + path.prefetch()
        + writer.prefetch();
  }

  /// Sends a packet of the present encoding, or lets it wait, unless it is not for this viewer.
  void forward(SourcePacket packet, long nowNanos) {
    EgressNumbering current = numbering;
    ExtensionMapping with = extensions;
    if (current == null) {
      return;
    }
    if (!current.covers(packet)) {
      EgressSegment earlier = segments.of(packet);
      if (earlier == null || earlier.encoding() != encoding) {
        parts.drops().count(MediaDropReason.BEFORE_SWITCH);
        return;
      }
      current = earlier.numbering();
      with = earlier.extensions();
    }
    if (!current.includes(packet)) {
      return;
    }
    long index = current.index(packet);
    if (!numbers.take(index)) {
      parts.drops().count(MediaDropReason.DUPLICATE);
      return;
    }
    planned.advance(packet, encoding, current);
    int bytes = writer.bytes(packet, current);
    if (!video) {
      path.onSoundSent(bytes, nowNanos);
      send(packet, encoding, current, with, ViewerPath.NO_PROBE, nowNanos);
    } else if (path.pass(bytes, nowNanos)) {
      send(packet, encoding, current, with, ViewerPath.NO_PROBE, nowNanos);
    } else {
      path.enqueue(PacketClass.PICTURE, retransmitter.handle(index), bytes, nowNanos);
    }
  }

  /// Sends a packet for the first time. Numbers that are given to packets may become free again,
  /// used ones never: this is the one place where a number is used.
  private int send(
      SourcePacket packet,
      @Nullable Encoding of,
      EgressNumbering under,
      ExtensionMapping with,
      int probeCluster,
      long nowNanos) {
    long index = under.index(packet);
    if (!used.isFree(index)) {
      parts.drops().count(MediaDropReason.DUPLICATE);
      return 0;
    }
    int bytes = writer.send(packet, under, with, probeCluster, nowNanos);
    if (bytes > 0) {
      used.take(index);
      packets++;
      octets += packet.layers().isWithin(under.target()) ? writer.payloadLength(packet) : 0;
      sent.advance(packet, of, under);
      if (firstFrameNanos == NEVER && under.endsPicture(packet)) {
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
    return switch (kind) {
      case REPAIR ->
          used.isFree(index)
              ? sendWaiting(segment, index, probeCluster, nowNanos)
              : sendAgain(segment, index, probeCluster, nowNanos);
      case COPY -> writer.sendAgain(segment, index, probeCluster, nowNanos);
      case PICTURE, SOUND -> sendWaiting(segment, index, probeCluster, nowNanos);
    };
  }

  private int sendWaiting(EgressSegment segment, long index, int probeCluster, long nowNanos) {
    SourcePacket packet = writer.load(segment, index);
    return packet == null
        ? 0
        : send(
            packet,
            segment.encoding(),
            segment.numbering(),
            segment.extensions(),
            probeCluster,
            nowNanos);
  }

  private int sendAgain(EgressSegment segment, long index, int probeCluster, long nowNanos) {
    int bytes = writer.sendAgain(segment, index, probeCluster, nowNanos);
    return bytes > 0
            && writer.hasRetransmissionStream()
            && retransmitter.isRepeated(index, bytes, nowNanos)
        ? bytes + writer.sendAgain(segment, index, probeCluster, nowNanos)
        : bytes;
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

  /// Sends again what was sent in vain.
  ///
  /// @param sentNanos when it was
  void onLost(long viewerIndex, long sentNanos, long nowNanos) {
    if (sent.isStarted()) {
      retransmitter.repair(segments, viewerIndex, sent.index(), sentNanos, nowNanos);
    }
  }

  /// Tells the viewer to hold frames back for so long.
  ///
  /// @param extensionId 0 where the viewer does not understand that
  void delayPlayout(int extensionId, int millis) {
    writer.delayPlayout(extensionId, millis);
  }

  /// Whether the viewer misses something that cannot be sent again. Asking resets it.
  boolean pollKeyframeNeeded() {
    return retransmitter.pollKeyframeNeeded() && video;
  }
}
