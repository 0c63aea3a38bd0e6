package io.wishbone.node.session;

import io.wishbone.node.doctor.SessionFigures;
import io.wishbone.node.forward.SourcePacket;
import io.wishbone.node.negotiation.Feedback;
import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.KeyframeRequests;
import io.wishbone.node.stream.Layer;
import io.wishbone.node.stream.MediaStream;
import io.wishbone.node.stream.RtpSource;
import io.wishbone.node.stream.Track;
import io.wishbone.webrtc.bwe.ArrivalRecorder;
import io.wishbone.webrtc.nack.RtxPackets;
import io.wishbone.webrtc.payload.PictureSize;
import io.wishbone.webrtc.payload.RedFormat;
import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.rtcp.ReceiverReport;
import io.wishbone.webrtc.rtcp.Remb;
import io.wishbone.webrtc.rtcp.ReportBlock;
import io.wishbone.webrtc.rtcp.RtcpCodec;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.rtcp.SenderReport;
import io.wishbone.webrtc.rtcp.SourceDescription;
import io.wishbone.webrtc.rtcp.TransportFeedback;
import io.wishbone.webrtc.rtp.HeaderExtensionUris;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.stats.ReceptionStatistics;
import io.wishbone.webrtc.transport.PeerTransport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a node does with the media of somebody who sends, whoever that is: finds the encoding of
/// each packet, asks for those that are missing, keeps them for those who miss them later, and
/// shows them to the stream.
///
/// ```
/// packet --> recordArrival --> router --> unwrap RTX --> admit once --> keep --> stream
///                 |                                          |
///           transport-wide                              missing: NACK,
///             feedback                                given up: keyframe
/// ```
public final class Ingest implements RtpSource {
  private static final long REPORT_INTERVAL_NANOS = 1_000_000_000L;

  private final MediaStream stream;
  private final List<NegotiatedTrack> negotiated;
  private final List<Track> tracks;
  private final SessionParts parts;
  private final EncodingRouter router;
  private final ArrivalRecorder arrivals;
  private final RtcpSender rtcp;
  private final KeyframeRequester keyframes;
  private final boolean reportsArrivals;
  private final SourceFirsts firsts;
  private final PublisherBitrate bitrate;
  private long nextReportNanos = Long.MAX_VALUE;
  private double lostShare;
  private long octets;

  /// @param reducedSizeRtcp whether RTCP may be sent without a report in front
  /// @param negotiated what is sent, track by track
  /// @param canonicalName under which our RTCP goes out
  /// @param listener hears of what comes first
  public Ingest(
      PeerTransport transport,
      boolean reducedSizeRtcp,
      List<NegotiatedTrack> negotiated,
      MediaStream stream,
      SessionParts parts,
      String canonicalName,
      SessionListener listener) {
    this.stream = stream;
    this.firsts = new SourceFirsts(listener);
    this.parts = parts;
    this.negotiated = List.copyOf(negotiated);
    this.tracks = new ArrayList<>();
    for (NegotiatedTrack track : negotiated) {
      tracks.add(
          new Track(
              track.codec(),
              track.parameters(),
              track.extensionIds(),
              parts.memory(),
              parts.policy().history(track.codec()),
              track.format().redundancy()));
    }
    long ssrc = parts.randomSsrc();
    this.router = new EncodingRouter(negotiated, tracks, parts.drops(), ssrc);
    this.rtcp = new RtcpSender(transport, reducedSizeRtcp, ssrc, canonicalName);
    this.keyframes = new KeyframeRequester(rtcp);
    this.arrivals = new ArrivalRecorder(ssrc);
    this.bitrate = new PublisherBitrate(this.negotiated, tracks, stream);
    this.reportsArrivals =
        negotiated.stream().anyMatch(track -> track.feedback().contains(Feedback.TRANSPORT_CC));
  }

  /// What was agreed on; viewers are answered with it.
  public List<NegotiatedTrack> negotiated() {
    return negotiated;
  }

  /// One for each that was agreed on, in the same order.
  public List<Track> tracks() {
    return List.copyOf(tracks);
  }

  /// Learns of an encoding before a packet of it has come, from whoever passes it on.
  ///
  /// @param section which of the negotiated tracks it is of
  /// @param packetIndex about the highest one so far
  void expect(int section, long ssrc, @Nullable String rid, long packetIndex, long nowNanos) {
    IncomingEncoding incoming = router.expect(section, ssrc, rid, nowNanos);
    if (incoming != null) {
      incoming.encoding().advance(packetIndex);
    }
  }

  /// Keyframes asked for so far.
  public long keyframeRequests() {
    return keyframes.sent();
  }

  /// Packets that were missing at some time, and how many of them never came.
  public LossCounts losses() {
    long detected = 0;
    long recovered = 0;
    long givenUp = 0;
    for (IncomingEncoding incoming : router.known()) {
      detected += incoming.nacks().detected();
      recovered += incoming.nacks().recovered();
      givenUp += incoming.nacks().givenUp();
    }
    return new LossCounts(detected, recovered, givenUp);
  }

  /// What was measured of what is sent here.
  SessionFigures figures() {
    long packets = 0;
    long lost = 0;
    long nacks = 0;
    long repaired = 0;
    long roundTrip = SessionFigures.UNKNOWN;
    long jitter = SessionFigures.UNKNOWN;
    for (IncomingEncoding incoming : router.known()) {
      packets += incoming.statistics().received();
      lost += Math.max(0, incoming.statistics().cumulativeLost());
      nacks += incoming.nacks().asked();
      repaired += incoming.nacks().recovered();
      roundTrip = Math.max(roundTrip, incoming.nacks().roundTripNanos());
      jitter = Math.max(jitter, incoming.jitterNanos());
    }
    long bitrate = 0;
    for (Track track : tracks) {
      bitrate += track.bitrate();
    }
    return new SessionFigures(
        packets,
        octets,
        bitrate,
        lost,
        lostShare,
        nacks,
        repaired,
        keyframes.sent(),
        roundTrip,
        jitter);
  }

  /// Media may flow: reports begin.
  public void start(long nowNanos) {
    nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS;
    bitrate.start(nowNanos);
  }

  /// Takes a decrypted RTP packet; it may be changed in place.
  public void onRtp(ByteBuffer buffer, int offset, int length, long packetIndex, long nowNanos) {
    SourcePacket packet = parts.packet();
    if (!packet.wrap(buffer, offset, length, packetIndex, nowNanos)) {
      parts.drops().count(MediaDropReason.MALFORMED_RTP);
      return;
    }
    recordArrival(packet.rtp(), nowNanos);
    IncomingEncoding incoming = router.route(packet.rtp(), nowNanos);
    if (incoming == null) {
      return;
    }
    if (incoming.isRetransmission(packet.rtp())) {
      if (!unwrap(packet, incoming, nowNanos)) {
        return;
      }
    } else {
      measure(packet.rtp(), incoming, nowNanos);
    }
    accept(packet, incoming, nowNanos);
  }

  /// Makes the packet the one that it repairs. False: it repairs none.
  private boolean unwrap(SourcePacket packet, IncomingEncoding incoming, long nowNanos) {
    RtpPacket rtx = packet.rtp();
    ByteBuffer buffer = rtx.buffer();
    int offset = rtx.offset() + RtxPackets.OVERHEAD;
    int number = RtxPackets.originalSequenceNumber(rtx);
    int length =
        RtxPackets.unwrap(
            rtx, incoming.negotiated().format().payloadType(), incoming.encoding().ssrc());
    if (length < 0) {
      parts.drops().count(MediaDropReason.PROBE);
      return false;
    }
    if (!packet.wrap(buffer, offset, length, incoming.extend(number), nowNanos)) {
      parts.drops().count(MediaDropReason.MALFORMED_RTP);
      return false;
    }
    return true;
  }

  private void measure(RtpPacket rtp, IncomingEncoding incoming, long nowNanos) {
    Encoding encoding = incoming.encoding();
    incoming.statistics().onPacket(rtp.sequenceNumber(), rtp.timestamp(), nowNanos);
    if (!encoding.senderClock().isReported() && rtp.payloadLength() > 0) {
      encoding.senderClock().onPacket(rtp.timestamp(), parts.wallClock(nowNanos), nowNanos);
    }
  }

  private void accept(SourcePacket packet, IncomingEncoding incoming, long nowNanos) {
    Encoding encoding = incoming.encoding();
    RtpPacket rtp = packet.rtp();
    if (!incoming.admit(packet.index(), nowNanos)) {
      parts.drops().count(MediaDropReason.DUPLICATE);
      return;
    }
    incoming.track().count(encoding, rtp.length(), nowNanos);
    octets += rtp.payloadLength();
    encoding.advance(packet.index());
    incoming.watchOrder(packet);
    packet.classify(encoding.id(), incoming.track().codec(), encoding.redundancy());
    if (packet.primary() == RedFormat.MALFORMED) {
      parts.drops().count(MediaDropReason.MALFORMED_RED);
      return;
    }
    encoding.enter(packet);
    boolean keyframe = packet.keyframe() && incoming.track().codec().isVideo();
    if (packet.keyframe()) {
      onKeyframe(incoming, packet);
    }
    firsts.look(keyframe, stream, nowNanos);
    encoding
        .history()
        .put(
            packet.index(),
            rtp.buffer(),
            rtp.offset(),
            rtp.length(),
            rtp.timestamp(),
            keyframe,
            nowNanos);
    stream.deliver(incoming.track(), packet);
  }

  private static void onKeyframe(IncomingEncoding incoming, SourcePacket packet) {
    Encoding encoding = incoming.encoding();
    encoding.keyframeRequests().onKeyframe(packet.arrivalNanos());
    incoming.nacks().onKeyframe(packet.index());
    PictureSize size = packet.pictureSize();
    if (size != null) {
      encoding.pictureSize(size);
    }
  }

  /// The qualities of the picture, empty when there is none.
  public List<Layer> layers(long nowNanos) {
    for (int i = 0; i < negotiated.size(); i++) {
      if (negotiated.get(i).codec().isVideo()) {
        return tracks.get(i).layers(negotiated.get(i).rids(), nowNanos);
      }
    }
    return List.of();
  }

  /// All packets of the transport count, also those that go no further.
  private void recordArrival(RtpPacket rtp, long nowNanos) {
    bitrate.onPacket(rtp, nowNanos);
    if (!reportsArrivals) {
      return;
    }
    for (int i = 0; i < negotiated.size(); i++) {
      int id = negotiated.get(i).extensionId(HeaderExtensionUris.TRANSPORT_WIDE_CC);
      int data = id == 0 ? -1 : rtp.extensionOffset(id);
      if (data >= 0 && rtp.extensionLength(id) == 2) {
        int sequence = Short.toUnsignedInt(rtp.buffer().getShort(data));
        arrivals.onPacket(rtp.ssrc(), sequence, nowNanos);
        return;
      }
    }
  }

  /// Takes a decrypted RTCP packet.
  public void onRtcp(ByteBuffer buffer, int offset, int length, long nowNanos) {
    for (RtcpPacket packet : RtcpCodec.parse(buffer, offset, length)) {
      if (packet instanceof SenderReport report) {
        IncomingEncoding incoming = router.find(report.senderSsrc());
        if (incoming != null) {
          incoming.statistics().onSenderReport(report, nowNanos);
          incoming.encoding().senderClock().onSenderReport(report, nowNanos);
        }
      }
    }
  }

  @Override
  public void requestKeyframe(Encoding encoding, long nowNanos) {
    IncomingEncoding incoming = router.find(encoding.ssrc());
    if (incoming == null) {
      return;
    }
    if (!isStarted()) {
      encoding.keyframeRequests().postpone();
    } else if (encoding.keyframeRequests().ask(nowNanos)) {
      keyframes.request(incoming);
    }
  }

  private boolean isStarted() {
    return nextReportNanos != Long.MAX_VALUE;
  }

  /// When [#handleTimeout] is to be called next, `Long.MAX_VALUE` for never.
  public long nextTimeoutNanos() {
    long next = Math.min(nextReportNanos, arrivals.nextTimeoutNanos());
    next = Math.min(next, bitrate.nextTimeoutNanos());
    if (!isStarted()) {
      return next;
    }
    List<IncomingEncoding> known = router.known();
    for (int i = 0; i < known.size(); i++) {
      IncomingEncoding incoming = known.get(i);
      next = Math.min(next, incoming.encoding().keyframeRequests().nextTimeoutNanos());
      next = Math.min(next, incoming.nacks().nextTimeoutNanos());
    }
    return next;
  }

  /// Sends what has become due: feedback, requests, reports.
  public void handleTimeout(long nowNanos) {
    for (TransportFeedback feedback : arrivals.handleTimeout(nowNanos)) {
      rtcp.send(feedback);
    }
    Remb limit = bitrate.handleTimeout(rtcp.ssrc(), nowNanos);
    if (limit != null) {
      rtcp.send(limit);
    }
    if (!isStarted()) {
      return;
    }
    for (IncomingEncoding incoming : router.known()) {
      askForMissing(incoming, nowNanos);
      KeyframeRequests requests = incoming.encoding().keyframeRequests();
      if (requests.isDue(nowNanos)) {
        keyframes.request(incoming);
      }
    }
    if (nowNanos >= nextReportNanos) {
      nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS;
      report(nowNanos);
      expire(nowNanos);
    }
  }

  /// Who does not answer NACKs is not asked; what is missing is given up all the same, and then a
  /// keyframe is needed.
  private void askForMissing(IncomingEncoding incoming, long nowNanos) {
    boolean answers = incoming.negotiated().feedback().contains(Feedback.PACKET_LOSS);
    for (Nack nack : incoming.nacks().handleTimeout(nowNanos)) {
      if (answers) {
        rtcp.send(nack);
      }
    }
    boolean broken = incoming.nacks().pollKeyframeNeeded();
    if (broken && incoming.track().codec().isVideo() && stream.hasSinks()) {
      requestKeyframe(incoming.encoding(), nowNanos);
    }
  }

  /// When the last media packet came, `Long.MIN_VALUE` when none has.
  long lastPacketNanos() {
    long last = Long.MIN_VALUE;
    for (IncomingEncoding incoming : router.known()) {
      last = Math.max(last, incoming.encoding().lastPacketNanos());
    }
    return last;
  }

  /// For how long a keyframe has been wanted in vain: since media may flow when none ever came.
  long keyframeMissingNanos(long nowNanos, long connectedNanos) {
    long missing = 0;
    boolean any = false;
    for (IncomingEncoding incoming : router.known()) {
      if (incoming.track().codec().isVideo()) {
        any = true;
        KeyframeRequests requests = incoming.encoding().keyframeRequests();
        long since = requests.hasKeyframe() ? requests.wantedSinceNanos() : connectedNanos;
        missing = Math.max(missing, nowNanos - Math.min(since, nowNanos));
      }
    }
    return any ? missing : 0;
  }

  /// The share of packets that was lost lately, 0 to 1: of the encoding that fared worst.
  double lostShare() {
    return lostShare;
  }

  /// Pictures that were sent in another order than they are shown in.
  long disordered() {
    long disordered = 0;
    for (IncomingEncoding incoming : router.known()) {
      disordered = Math.max(disordered, incoming.disordered());
    }
    return disordered;
  }

  private void report(long nowNanos) {
    double worst = 0;
    List<ReportBlock> blocks = new ArrayList<>();
    for (IncomingEncoding incoming : router.known()) {
      if (incoming.statistics().isStarted()) {
        ReceptionStatistics statistics = incoming.statistics();
        blocks.add(statistics.report(nowNanos));
        incoming.losses().add(statistics.expected(), statistics.cumulativeLost(), nowNanos);
        worst = Math.max(worst, incoming.losses().share(nowNanos));
      }
    }
    lostShare = worst;
    if (!blocks.isEmpty()) {
      rtcp.send(
          new ReceiverReport(rtcp.ssrc(), blocks),
          SourceDescription.ofCanonicalName(rtcp.ssrc(), rtcp.canonicalName()));
    }
  }

  private void expire(long nowNanos) {
    for (Track track : tracks) {
      track.expire(nowNanos);
    }
  }

  /// The source has gone: nothing of it is kept.
  public void release() {
    for (Track track : tracks) {
      track.release();
    }
  }
}
