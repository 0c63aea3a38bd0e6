package io.wishbone.node.session;

import io.wishbone.node.forward.SourcePacket;
import io.wishbone.node.negotiation.Feedback;
import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.node.negotiation.Negotiation;
import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.KeyframeRequests;
import io.wishbone.node.stream.Layer;
import io.wishbone.node.stream.MediaStream;
import io.wishbone.node.stream.RtpSource;
import io.wishbone.node.stream.Track;
import io.wishbone.webrtc.bwe.ArrivalRecorder;
import io.wishbone.webrtc.payload.PictureSize;
import io.wishbone.webrtc.rtcp.ReceiverReport;
import io.wishbone.webrtc.rtcp.ReportBlock;
import io.wishbone.webrtc.rtcp.RtcpCodec;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.rtcp.SenderReport;
import io.wishbone.webrtc.rtcp.SourceDescription;
import io.wishbone.webrtc.rtcp.TransportFeedback;
import io.wishbone.webrtc.rtp.HeaderExtensionUris;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.transport.PeerTransport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A peer that sends: the source of its stream as soon as it was answered.
public final class PublisherSession implements PeerSession, RtpSource {
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
  private long nextReportNanos = Long.MAX_VALUE;

  /// @param canonicalName under which our RTCP goes out
  public PublisherSession(
      PeerTransport transport,
      Negotiation negotiation,
      MediaStream stream,
      SessionParts parts,
      String canonicalName) {
    this.stream = stream;
    this.parts = parts;
    this.negotiated = negotiation.tracks();
    this.tracks = new ArrayList<>();
    for (NegotiatedTrack track : negotiated) {
      tracks.add(new Track(track.codec(), track.parameters(), track.extensionIds()));
    }
    this.router = new EncodingRouter(negotiated, tracks, parts.drops());
    long ssrc = parts.randomSsrc();
    this.rtcp =
        new RtcpSender(transport, negotiation.peer().reducedSizeRtcp(), ssrc, canonicalName);
    this.keyframes = new KeyframeRequester(rtcp);
    this.arrivals = new ArrivalRecorder(ssrc);
    this.reportsArrivals =
        negotiated.stream().anyMatch(track -> track.feedback().contains(Feedback.TRANSPORT_CC));
  }

  /// Becomes the source of its stream.
  public void attach(long nowNanos) {
    stream.attach(this, tracks, nowNanos);
  }

  /// What was agreed on; viewers are answered with it.
  public List<NegotiatedTrack> negotiated() {
    return negotiated;
  }

  /// Learns of an encoding before a packet of it has come, from whoever passes it on.
  ///
  /// @param section which of the negotiated tracks it is of
  /// @param packetIndex about the highest one so far
  public void expect(
      int section, long ssrc, @Nullable String rid, long packetIndex, long nowNanos) {
    IncomingEncoding incoming = router.expect(section, ssrc, rid, nowNanos);
    if (incoming != null) {
      incoming.encoding().advance(packetIndex);
    }
  }

  /// Keyframes asked for so far.
  public long keyframeRequests() {
    return keyframes.sent();
  }

  @Override
  public void onConnected(long nowNanos) {
    nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS;
  }

  @Override
  public void onRtp(ByteBuffer buffer, int offset, int length, long packetIndex, long nowNanos) {
    SourcePacket packet = parts.packet();
    if (!packet.wrap(buffer, offset, length, packetIndex, nowNanos)) {
      parts.drops().count(MediaDropReason.MALFORMED_RTP);
      return;
    }
    RtpPacket rtp = packet.rtp();
    recordArrival(rtp, nowNanos);
    IncomingEncoding incoming = router.route(rtp, nowNanos);
    if (incoming == null) {
      return;
    }
    Encoding encoding = incoming.encoding();
    incoming.statistics().onPacket(rtp.sequenceNumber(), rtp.timestamp(), nowNanos);
    if (!encoding.senderClock().isReported() && rtp.payloadLength() > 0) {
      encoding.senderClock().onPacket(rtp.timestamp(), parts.wallClock(nowNanos), nowNanos);
    }
    incoming.track().count(encoding, length, nowNanos);
    encoding.advance(packetIndex);
    packet.classify(encoding.id(), incoming.track().codec());
    if (packet.keyframe()) {
      onKeyframe(encoding, packet);
    }
    stream.deliver(incoming.track(), packet);
  }

  private static void onKeyframe(Encoding encoding, SourcePacket packet) {
    encoding.keyframeRequests().onKeyframe();
    PictureSize size = packet.pictureSize();
    if (size != null) {
      encoding.pictureSize(size.width(), size.height());
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

  @Override
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
    if (!isConnected()) {
      encoding.keyframeRequests().postpone();
    } else if (encoding.keyframeRequests().ask(nowNanos)) {
      keyframes.request(incoming);
    }
  }

  private boolean isConnected() {
    return nextReportNanos != Long.MAX_VALUE;
  }

  @Override
  public long nextTimeoutNanos() {
    long next = Math.min(nextReportNanos, arrivals.nextTimeoutNanos());
    if (!isConnected()) {
      return next;
    }
    List<IncomingEncoding> known = router.known();
    for (int i = 0; i < known.size(); i++) {
      next = Math.min(next, known.get(i).encoding().keyframeRequests().nextTimeoutNanos());
    }
    return next;
  }

  @Override
  public void handleTimeout(long nowNanos) {
    for (TransportFeedback feedback : arrivals.handleTimeout(nowNanos)) {
      rtcp.send(feedback);
    }
    if (!isConnected()) {
      return;
    }
    for (IncomingEncoding incoming : router.known()) {
      KeyframeRequests requests = incoming.encoding().keyframeRequests();
      if (requests.isDue(nowNanos)) {
        keyframes.request(incoming);
      }
    }
    if (nowNanos >= nextReportNanos) {
      nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS;
      report(nowNanos);
    }
  }

  private void report(long nowNanos) {
    List<ReportBlock> blocks = new ArrayList<>();
    for (IncomingEncoding incoming : router.known()) {
      if (incoming.statistics().isStarted()) {
        blocks.add(incoming.statistics().report(nowNanos));
      }
    }
    if (!blocks.isEmpty()) {
      rtcp.send(
          new ReceiverReport(rtcp.ssrc(), blocks),
          SourceDescription.ofCanonicalName(rtcp.ssrc(), rtcp.canonicalName()));
    }
  }

  @Override
  public void detach(long nowNanos) {
    stream.detach(this, nowNanos);
  }
}
