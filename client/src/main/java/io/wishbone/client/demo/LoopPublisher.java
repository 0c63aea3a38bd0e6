package io.wishbone.client.demo;

import io.wishbone.client.ClientParts;
import io.wishbone.client.net.ClientSocket;
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
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Plays a [MediaLoop] into one session. Asked for a keyframe, it goes on with the loop's next one,
/// so that a viewer who comes in does not wait for it.
final class LoopPublisher implements DatagramEndpoint, PeerListener {
  /// A keyframe costs ten times a frame: viewers who come in together get the same one.
  private static final long MIN_JUMP_INTERVAL_NANOS = 400_000_000L;

  private final MediaLoop loop;
  private final boolean keyframesOnRequest;
  private final OfferingPeer peer;
  private final BiConsumer<TransportCloseReason, String> onClosed;
  private final Vp8Packetizer packetizer = new Vp8Packetizer();
  private @Nullable LoopPosition picture;
  private @Nullable LoopPosition sound;
  private long startNanos;
  private long lastJumpNanos = Long.MIN_VALUE / 2;

  /// @param keyframesOnRequest whether to go on with a keyframe when asked for one
  /// @param onClosed called on the loop's thread when the other side ends the session, or it fails
  LoopPublisher(
      MediaLoop loop,
      boolean keyframesOnRequest,
      ClientParts parts,
      ClientSocket socket,
      BiConsumer<TransportCloseReason, String> onClosed) {
    this.loop = loop;
    this.keyframesOnRequest = keyframesOnRequest;
    this.onClosed = onClosed;
    this.peer =
        new OfferingPeer(
            Direction.SENDONLY,
            SetupRole.ACTPASS,
            List.of(
                new OfferedMedia(
                    MediaKind.AUDIO,
                    new OfferedCodec(Codec.OPUS, 111, "minptime=10;stereo=1;useinbandfec=1")),
                new OfferedMedia(MediaKind.VIDEO, new OfferedCodec(Codec.VP8, 96))),
            parts.transportParts(socket),
            new SecureRandom(),
            this);
  }

  OfferingPeer peer() {
    return peer;
  }

  @Override
  public void handleDatagram(
      ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos) {
    peer.handleDatagram(buffer, offset, length, source, nowNanos);
  }

  @Override
  public long nextTimeoutNanos() {
    return Math.min(peer.nextTimeoutNanos(), Math.min(due(picture), due(sound)));
  }

  private static long due(@Nullable LoopPosition playing) {
    return playing == null ? Long.MAX_VALUE : playing.nextDueNanos();
  }

  @Override
  public void handleTimeout(long nowNanos) {
    if (peer.nextTimeoutNanos() <= nowNanos) {
      peer.handleTimeout(nowNanos);
    }
    play(sound, nowNanos);
    play(picture, nowNanos);
  }

  private void play(@Nullable LoopPosition playing, long nowNanos) {
    while (playing != null && playing.nextDueNanos() <= nowNanos) {
      long due = playing.nextDueNanos();
      send(playing.next(), due, nowNanos);
    }
  }

  private void send(LoopFrame frame, long dueNanos, long nowNanos) {
    for (NegotiatedTrack track : peer.tracks()) {
      if (track.kind() == frame.kind()) {
        long timestamp = timestamp(dueNanos, track.codec().clockRate());
        List<byte[]> payloads =
            frame.kind() == MediaKind.VIDEO
                ? packetizer.packetize(frame.data())
                : List.of(frame.data());
        for (int i = 0; i < payloads.size(); i++) {
          boolean marker = frame.kind() == MediaKind.VIDEO && i == payloads.size() - 1;
          peer.send(
              track, track.encodings().getFirst(), payloads.get(i), marker, timestamp, nowNanos);
        }
      }
    }
  }

  private long timestamp(long dueNanos, int clockRate) {
    long micros = (dueNanos - startNanos) / 1_000;
    return (micros * clockRate / 1_000_000) & 0xffff_ffffL;
  }

  @Override
  public void onConnected(long nowNanos) {
    startNanos = nowNanos;
    picture = new LoopPosition(loop.only(MediaKind.VIDEO), nowNanos);
    sound = new LoopPosition(loop.only(MediaKind.AUDIO), nowNanos);
  }

  @Override
  public void onRtcp(List<RtcpPacket> packets, long nowNanos) {
    for (RtcpPacket packet : packets) {
      boolean keyframeWanted =
          packet instanceof PictureLossIndication || packet instanceof FullIntraRequest;
      if (keyframeWanted
          && keyframesOnRequest
          && picture != null
          && nowNanos - lastJumpNanos >= MIN_JUMP_INTERVAL_NANOS) {
        lastJumpNanos = nowNanos;
        picture.jumpToKeyframe();
      }
    }
  }

  @Override
  public void onClosed(TransportCloseReason reason, String detail, long nowNanos) {
    picture = null;
    sound = null;
    onClosed.accept(reason, detail);
  }
}
