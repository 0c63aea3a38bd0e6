package io.wishbone.node.session;

import io.wishbone.node.doctor.SessionFigures;
import io.wishbone.node.forward.SourcePacket;
import io.wishbone.node.negotiation.Negotiation;
import io.wishbone.node.stream.Encoding;
import io.wishbone.node.stream.LayerChoice;
import io.wishbone.node.stream.MediaStream;
import io.wishbone.node.stream.RtpSink;
import io.wishbone.node.stream.Track;
import io.wishbone.webrtc.bwe.LossListener;
import io.wishbone.webrtc.nack.RetransmissionBudget;
import io.wishbone.webrtc.pacer.PacedSender;
import io.wishbone.webrtc.pacer.PacketClass;
import io.wishbone.webrtc.rtcp.FullIntraRequest;
import io.wishbone.webrtc.rtcp.Goodbye;
import io.wishbone.webrtc.rtcp.Nack;
import io.wishbone.webrtc.rtcp.PictureLossIndication;
import io.wishbone.webrtc.rtcp.ReceiverReport;
import io.wishbone.webrtc.rtcp.Remb;
import io.wishbone.webrtc.rtcp.ReportBlock;
import io.wishbone.webrtc.rtcp.RtcpCodec;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.rtcp.SenderReport;
import io.wishbone.webrtc.rtcp.SourceDescription;
import io.wishbone.webrtc.rtcp.TransportFeedback;
import io.wishbone.webrtc.rtcp.UnknownRtcp;
import io.wishbone.webrtc.transport.PeerTransport;
import java.nio.ByteBuffer;
import java.util.List;

/// A peer that receives: a sink of its stream while it is connected.
public final class SubscriberSession implements PeerSession, RtpSink, PacedSender, LossListener {
  /// What a stream is taken to have while that has not been measured, bits a second.
  private static final long FIRST_BITRATE = 1_000_000;

  /// A viewer that gets little may have lost something of more that it got before.
  private static final long REPAIRED_BITRATE = 500_000;

  /// What the way to a viewer is taken to carry that never says so, at least.
  private static final long UNKNOWN_PATH = 4_000_000;

  /// Of what is sent at most, this much more may be of use: keyframes and repair.
  private static final double MARGIN = 1.5;

  /// By then the path has been probed.
  private static final long NEW_NANOS = 5_000_000_000L;

  private final MediaStream stream;
  private final ViewerPath path;
  private final SessionListener listener;
  private final EgressTracks tracks;
  private final SenderReports reports;
  private final RetransmissionBudget budget =
      new RetransmissionBudget(RetransmissionBudget.USUAL_SHARE, FIRST_BITRATE);
  private final PictureWait picture;
  private final ReportedLoss losses;
  private final ViewerFeedback feedback = new ViewerFeedback();
  private final PlayoutDelay playoutDelay = new PlayoutDelay();
  private final KeyframeRetry keyframes = new KeyframeRetry();
  private final LostPictures lostPictures;
  private boolean served = true;
  private long connectedNanos;
  private boolean hasFirstPacket;
  private boolean waits;

  /// @param canonicalName ties the viewer's tracks together
  /// @param listener hears when there is something to do sooner
  public SubscriberSession(
      PeerTransport transport,
      Negotiation negotiation,
      MediaStream stream,
      SessionParts parts,
      String canonicalName,
      SessionListener listener) {
    this.stream = stream;
    this.listener = listener;
    this.lostPictures = new LostPictures(stream, listener);
    this.path = new ViewerPath(negotiation.tracks(), parts.policy(), UNKNOWN_PATH, this);
    this.tracks = new EgressTracks(negotiation, transport, parts, path, budget);
    this.losses = new ReportedLoss(tracks, path);
    this.picture = new PictureWait(tracks, listener);
    var rtcp =
        new RtcpSender(
            transport, negotiation.peer().reducedSizeRtcp(), tracks.get(0).ssrc(), canonicalName);
    this.reports = new SenderReports(tracks.all(), rtcp);
  }

  /// What the viewer says about what it gets.
  public ViewerFeedback feedback() {
    return feedback;
  }

  /// RTP packets sent so far.
  public long packets() {
    return tracks.packets();
  }

  /// What was measured of what the viewer is sent.
  public SessionFigures figures(long nowNanos) {
    return new SessionFigures(
        packets(),
        tracks.octets(),
        tracks.bitrate(),
        feedback.lost(),
        feedback.lostShare(nowNanos),
        feedback.packetsMissed(),
        retransmitted(),
        feedback.picturesLost(),
        feedback.roundTripNanos(),
        feedback.jitterNanos());
  }

  /// When the last media packet went out, `Long.MIN_VALUE` when none has.
  public long lastSentNanos() {
    return path.lastSentNanos();
  }

  /// Since when it has been connected and the present source been there, `Long.MIN_VALUE` before
  /// that.
  public long attachedNanos() {
    return picture.attachedNanos();
  }

  /// For how long the picture has lacked a keyframe, 0 when it does not.
  public long keyframeMissingNanos(long nowNanos) {
    return picture.missingNanos(nowNanos);
  }

  /// RTP packets sent again so far, not counted in [#packets].
  public long retransmitted() {
    return tracks.retransmitted();
  }

  /// False when the present source is not sent in the codecs that this viewer was answered with: it
  /// has to ask anew.
  public boolean isServed() {
    return served;
  }

  /// Whether the viewer gets a picture.
  public boolean hasPicture() {
    return tracks.hasPicture();
  }

  /// Sends the quality that the viewer has chosen, and asks for the keyframe that it begins with.
  public void choose(LayerChoice choice, long nowNanos) {
    tracks.choose(choice);
    if (path.isEstimated()) {
      tracks.allocate(path.bitrate(nowNanos), nowNanos);
    }
    if (tracks.isWaiting()) {
      keyframes.restart();
      askForKeyframes(nowNanos);
    }
    path.drain(nowNanos);
    afterSending(nowNanos);
  }

  @Override
  public void onConnected(long nowNanos) {
    connectedNanos = nowNanos;
    reports.start(nowNanos);
    stream.add(this, nowNanos);
  }

  @Override
  public void onSourceAttached(List<Track> sourceTracks, long nowNanos) {
    served = tracks.bind(sourceTracks);
    picture.onAttached(nowNanos);
    keyframes.restart();
    allocate(nowNanos);
    begin(nowNanos);
    reports.restart(nowNanos);
  }

  /// With what is kept of the picture, or with a keyframe that is asked for.
  private void begin(long nowNanos) {
    for (EgressTrack track : tracks.all()) {
      Encoding first = track.beginWithPast(nowNanos) ? track.keyframeWished() : null;
      if (first != null) {
        stream.requestKeyframe(first, nowNanos);
      }
    }
    path.drain(nowNanos);
    afterSending(nowNanos);
    keyframes.asked(nowNanos);
  }

  @Override
  public void onSourceDetached(long nowNanos) {
    tracks.bind(List.of());
    keyframes.stop();
  }

  @Override
  public void onPacket(Track source, SourcePacket packet) {
    EgressTrack track = tracks.carrying(source);
    if (track != null) {
      lostPictures.onPacket(track, packet);
      track.onPacket(source, packet);
      afterSending(packet.arrivalNanos());
    }
  }

  @Override
  public int prefetch(Track source) {
    EgressTrack track = tracks.carrying(source);
    return track == null ? 0 : track.prefetch();
  }

  /// What the pacer holds, or has given up, has consequences.
  private void afterSending(long nowNanos) {
    if (path.pollKeyframeNeeded()) {
      tracks.restartPicture();
      picture.onRestarted(nowNanos);
      keyframes.now(nowNanos);
      listener.onChanged();
    }
    if (path.waits() != waits) {
      waits = !waits;
      if (waits) {
        listener.onChanged();
      }
    }
    if (!hasFirstPacket && path.lastSentNanos() != Long.MIN_VALUE) {
      hasFirstPacket = true;
      listener.onFirstPacket(path.lastSentNanos());
    }
    picture.look();
  }

  @Override
  public int send(PacketClass kind, long handle, int probeCluster, long nowNanos) {
    EgressTrack track = tracks.get(PacedHandle.track(handle));
    int bytes = track.flow().sendPaced(kind, PacedHandle.index(handle), probeCluster, nowNanos);
    track.replay(nowNanos);
    return bytes;
  }

  @Override
  public int pad(int bytes, int probeCluster, long nowNanos) {
    for (int i = 0; i < tracks.all().size(); i++) {
      int sent = tracks.get(i).flow().pad(bytes, probeCluster, nowNanos);
      if (sent > 0) {
        return sent;
      }
    }
    return 0;
  }

  /// A viewer sends no media.
  @Override
  public void onRtp(ByteBuffer buffer, int offset, int length, long packetIndex, long nowNanos) {}

  @Override
  public void onRtcp(ByteBuffer buffer, int offset, int length, long nowNanos) {
    for (RtcpPacket packet : RtcpCodec.parse(buffer, offset, length)) {
      switch (packet) {
        case PictureLossIndication loss -> pictureLost(loss.mediaSsrc(), nowNanos);
        case FullIntraRequest request ->
            request.entries().forEach(entry -> pictureLost(entry.ssrc(), nowNanos));
        case Nack nack -> packetsLost(nack, nowNanos);
        case ReceiverReport report -> onReports(report.reports(), nowNanos);
        case SenderReport report -> onReports(report.reports(), nowNanos);
        case TransportFeedback arrivals -> {
          path.onFeedback(arrivals, this, nowNanos);
          allocate(nowNanos);
        }
        case Remb estimate -> path.onReceiverEstimate(estimate, nowNanos);
        case Goodbye _, SourceDescription _, UnknownRtcp _ -> {
          // A peer that leaves says so by DTLS (RFC 7675 section 5.2); nobody asked for the others.
        }
      }
    }
    path.drain(nowNanos);
    afterSending(nowNanos);
  }

  private void onReports(List<ReportBlock> blocks, long nowNanos) {
    for (ReportBlock block : blocks) {
      EgressTrack track = tracks.find(block.ssrc());
      if (track != null) {
        reports.onReportBlock(block, nowNanos);
        feedback.onReport(block, track.codec().clockRate(), reports.roundTripNanos(), nowNanos);
        path.onRoundTrip(reports.roundTripNanos());
      }
    }
    losses.onReports(blocks, nowNanos);
    allocate(nowNanos);
  }

  private void packetsLost(Nack nack, long nowNanos) {
    feedback.onNack(nack);
    EgressTrack track = tracks.find(nack.mediaSsrc());
    if (track == null) {
      return;
    }
    measureBudget(nowNanos);
    track.flow().onNack(nack, path.roundTripNow(reports.roundTripNanos()), nowNanos);
    if (track.flow().pollKeyframeNeeded()) {
      lostPictures.onLost(track, nowNanos);
    }
  }

  private void measureBudget(long nowNanos) {
    budget.onBitrate(Math.min(Math.max(bitrate(), REPAIRED_BITRATE), path.bitrate(nowNanos)));
  }

  /// The path has lost a packet.
  @Override
  public void onLost(long handle, long sentNanos, long nowNanos) {
    measureBudget(nowNanos);
    tracks
        .get(PacedHandle.track(handle))
        .flow()
        .onLost(PacedHandle.index(handle), sentNanos, nowNanos);
  }

  /// Who has just come may still turn out to have room for anything.
  @Override
  public boolean uses(Track source, Encoding encoding, long nowNanos) {
    return !path.isEstimated()
        || nowNanos - connectedNanos < NEW_NANOS
        || tracks.uses(source, encoding, path.bitrate(nowNanos));
  }

  /// Gives the picture what the path carries beside the sound.
  private void allocate(long nowNanos) {
    if (path.isEstimated() && tracks.allocate(path.bitrate(nowNanos), nowNanos)) {
      keyframes.restart();
      askForKeyframes(nowNanos);
    }
  }

  /// What all of the best qualities take, in bits a second.
  private long wish() {
    long wish = tracks.highestBitrate();
    return wish == 0 ? UNKNOWN_PATH : wish;
  }

  /// What the viewer's path carries as far as is known, bits a second; -1 while nothing is.
  public long estimate(long nowNanos) {
    return path.isEstimated() ? path.bitrate(nowNanos) : -1;
  }

  /// What the viewer is sent now, in bits a second.
  private long bitrate() {
    long bitrate = tracks.bitrate();
    return bitrate == 0 ? FIRST_BITRATE : bitrate;
  }

  private void pictureLost(long ssrc, long nowNanos) {
    EgressTrack track = tracks.find(ssrc);
    if (track != null && track.current() != null) {
      feedback.onPictureLoss();
      lostPictures.onLost(track, nowNanos);
    }
  }

  /// Asks for the keyframes that this viewer waits for, and again if they do not come.
  private void askForKeyframes(long nowNanos) {
    tracks.requestAwaited(stream, nowNanos);
    keyframes.asked(nowNanos);
  }

  @Override
  public long nextTimeoutNanos() {
    return Math.min(
        Math.min(reports.nextTimeoutNanos(), path.nextTimeoutNanos()),
        Math.min(keyframes.nextNanos(), lostPictures.nextTimeoutNanos()));
  }

  @Override
  public void handleTimeout(long nowNanos) {
    reports.handleTimeout(nowNanos);
    lostPictures.handleTimeout(nowNanos);
    boolean tick = path.isTick(nowNanos);
    if (tick) {
      path.onWish((long) (MARGIN * wish()));
    }
    path.handleTimeout(nowNanos);
    if (tick) {
      tracks.delayPlayout(playoutDelay.onLoss(path.loss(), nowNanos));
      allocate(nowNanos);
    }
    afterSending(nowNanos);
    if (keyframes.isDue(nowNanos)) {
      if (tracks.isWaiting()) {
        askForKeyframes(nowNanos);
      } else {
        keyframes.served(nowNanos);
      }
    }
  }

  @Override
  public void detach(long nowNanos) {
    stream.remove(this);
  }
}
