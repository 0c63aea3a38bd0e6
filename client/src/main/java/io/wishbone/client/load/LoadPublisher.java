package io.wishbone.client.load;

import io.wishbone.client.net.DatagramEndpoint;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.NegotiatedTrack;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.peer.OfferedMedia;
import io.wishbone.webrtc.peer.OfferingPeer;
import io.wishbone.webrtc.peer.PeerListener;
import io.wishbone.webrtc.rtcp.FullIntraRequest;
import io.wishbone.webrtc.rtcp.PictureLossIndication;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.transport.TransportCloseReason;
import io.wishbone.webrtc.transport.TransportParts;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Publishes a [SyntheticVideo]. All packets of a frame leave together, which is hard on a server
/// and easy to measure.
final class LoadPublisher implements DatagramEndpoint, PeerListener {
  private static final long KEYFRAME_PAUSE_NANOS = 400_000_000L;

  private final OfferingPeer peer;
  private final SyntheticVideo video;
  private final long frameNanos;
  private long nextFrameNanos = Long.MAX_VALUE;
  private long lastKeyframeNanos;
  private boolean keyframeWanted = true;
  private volatile long packets;
  private volatile boolean connected;
  private volatile @Nullable String ended;

  LoadPublisher(TransportParts parts, int frameBytes, int framesPerSecond) {
    this.video = new SyntheticVideo(frameBytes);
    this.frameNanos = 1_000_000_000L / framesPerSecond;
    this.peer =
        new OfferingPeer(
            Direction.SENDONLY,
            SetupRole.ACTPASS,
            List.of(new OfferedMedia(MediaKind.VIDEO, new OfferedCodec(Codec.VP8, 96))),
            parts,
            new SecureRandom(),
            this);
  }

  OfferingPeer peer() {
    return peer;
  }

  boolean isConnected() {
    return connected;
  }

  /// Packets sent so far.
  long packets() {
    return packets;
  }

  /// Why the session is over; null while it is not.
  @Nullable String ended() {
    return ended;
  }

  @Override
  public void handleDatagram(
      ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos) {
    peer.handleDatagram(buffer, offset, length, source, nowNanos);
  }

  @Override
  public long nextTimeoutNanos() {
    return Math.min(peer.nextTimeoutNanos(), nextFrameNanos);
  }

  @Override
  public void handleTimeout(long nowNanos) {
    if (peer.nextTimeoutNanos() <= nowNanos) {
      peer.handleTimeout(nowNanos);
    }
    if (nowNanos >= nextFrameNanos) {
      sendFrame(nowNanos);
      nextFrameNanos += frameNanos;
      if (nextFrameNanos < nowNanos) {
        // This machine is too slow: frames are left out, not sent in a bunch.
        nextFrameNanos = nowNanos + frameNanos;
      }
    }
  }

  private void sendFrame(long nowNanos) {
    boolean keyframe = keyframeWanted && nowNanos - lastKeyframeNanos >= KEYFRAME_PAUSE_NANOS;
    if (keyframe) {
      keyframeWanted = false;
      lastKeyframeNanos = nowNanos;
    }
    NegotiatedTrack track = peer.tracks().getFirst();
    long timestamp = (nowNanos / 1000 * 90 / 1000) & 0xffff_ffffL;
    List<byte[]> payloads = video.next(keyframe, nowNanos);
    for (int i = 0; i < payloads.size(); i++) {
      boolean marker = i == payloads.size() - 1;
      peer.send(track, track.encodings().getFirst(), payloads.get(i), marker, timestamp, nowNanos);
    }
    packets = packets + payloads.size();
  }

  @Override
  public void onConnected(long nowNanos) {
    nextFrameNanos = nowNanos;
    lastKeyframeNanos = nowNanos - KEYFRAME_PAUSE_NANOS;
    connected = true;
  }

  @Override
  public void onRtcp(List<RtcpPacket> reports, long nowNanos) {
    for (RtcpPacket report : reports) {
      keyframeWanted |=
          report instanceof PictureLossIndication || report instanceof FullIntraRequest;
    }
  }

  @Override
  public void onClosed(TransportCloseReason reason, String detail, long nowNanos) {
    nextFrameNanos = Long.MAX_VALUE;
    ended = reason + ": " + detail;
  }
}
