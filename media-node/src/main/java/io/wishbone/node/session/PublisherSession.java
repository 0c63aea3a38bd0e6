package io.wishbone.node.session;

import io.wishbone.node.doctor.SessionFigures;
import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.node.negotiation.Negotiation;
import io.wishbone.node.stream.Layer;
import io.wishbone.node.stream.MediaStream;
import io.wishbone.webrtc.transport.PeerTransport;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A peer that sends: the source of its stream as soon as it was answered.
public final class PublisherSession implements PeerSession {
  private final MediaStream stream;
  private final Ingest ingest;

  /// @param canonicalName under which our RTCP goes out
  /// @param listener hears of what comes first
  public PublisherSession(
      PeerTransport transport,
      Negotiation negotiation,
      MediaStream stream,
      SessionParts parts,
      String canonicalName,
      SessionListener listener) {
    this.stream = stream;
    this.ingest =
        new Ingest(
            transport,
            negotiation.peer().reducedSizeRtcp(),
            negotiation.tracks(),
            stream,
            parts,
            canonicalName,
            listener);
  }

  /// Becomes the source of its stream.
  public void attach(long nowNanos) {
    stream.attach(ingest, ingest.tracks(), nowNanos);
  }

  /// What was agreed on; viewers are answered with it.
  public List<NegotiatedTrack> negotiated() {
    return ingest.negotiated();
  }

  /// Learns of an encoding before a packet of it has come, from whoever passes it on.
  ///
  /// @param section which of the negotiated tracks it is of
  /// @param packetIndex about the highest one so far
  public void expect(
      int section, long ssrc, @Nullable String rid, long packetIndex, long nowNanos) {
    ingest.expect(section, ssrc, rid, packetIndex, nowNanos);
  }

  /// Keyframes asked for so far.
  public long keyframeRequests() {
    return ingest.keyframeRequests();
  }

  /// Packets that were missing at some time, and what became of them.
  public LossCounts losses() {
    return ingest.losses();
  }

  /// What was measured of what the publisher sends.
  public SessionFigures figures() {
    return ingest.figures();
  }

  /// When the last media packet came, `Long.MIN_VALUE` when none has.
  public long lastPacketNanos() {
    return ingest.lastPacketNanos();
  }

  /// Whether a picture was agreed on.
  public boolean hasPicture() {
    return ingest.negotiated().stream().anyMatch(track -> track.codec().isVideo());
  }

  /// For how long a keyframe has been wanted in vain.
  public long keyframeMissingNanos(long nowNanos, long connectedNanos) {
    return ingest.keyframeMissingNanos(nowNanos, connectedNanos);
  }

  /// The share of packets that was lost lately, 0 to 1.
  public double lostShare() {
    return ingest.lostShare();
  }

  /// Pictures that were sent in another order than they are shown in.
  public long disordered() {
    return ingest.disordered();
  }

  /// The qualities of the picture, empty when there is none.
  public List<Layer> layers(long nowNanos) {
    return ingest.layers(nowNanos);
  }

  @Override
  public void onConnected(long nowNanos) {
    ingest.start(nowNanos);
  }

  @Override
  public void onRtp(ByteBuffer buffer, int offset, int length, long packetIndex, long nowNanos) {
    ingest.onRtp(buffer, offset, length, packetIndex, nowNanos);
  }

  @Override
  public void onRtcp(ByteBuffer buffer, int offset, int length, long nowNanos) {
    ingest.onRtcp(buffer, offset, length, nowNanos);
  }

  @Override
  public long nextTimeoutNanos() {
    return ingest.nextTimeoutNanos();
  }

  @Override
  public void handleTimeout(long nowNanos) {
    ingest.handleTimeout(nowNanos);
  }

  @Override
  public void detach(long nowNanos) {
    stream.detach(ingest, nowNanos);
    ingest.release();
  }
}
