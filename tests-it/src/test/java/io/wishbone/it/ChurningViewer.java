package io.wishbone.it;

import io.wishbone.client.ClientParts;
import io.wishbone.client.ClientSession;
import io.wishbone.client.http.SignalingException;
import io.wishbone.client.net.ClientSocket;
import io.wishbone.client.net.DatagramEndpoint;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.peer.OfferedMedia;
import io.wishbone.webrtc.peer.OfferingPeer;
import io.wishbone.webrtc.peer.PeerListener;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.transport.TransportCloseReason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// Watches until the first packet of the picture is there, and goes.
final class ChurningViewer implements DatagramEndpoint, PeerListener {

  private final OfferingPeer peer;
  private final CountDownLatch seen = new CountDownLatch(1);

  private ChurningViewer(ClientParts parts, ClientSocket socket) {
    peer =
        new OfferingPeer(
            Direction.RECVONLY,
            SetupRole.ACTPASS,
            List.of(new OfferedMedia(MediaKind.VIDEO, new OfferedCodec(Codec.VP8, 96))),
            parts.transportParts(socket),
            new SecureRandom(),
            this);
  }

  /// @param vanishes whether it goes without a word
  /// @throws IllegalStateException when no picture came
  static void comesAndGoes(ClientParts parts, URI endpoint, boolean vanishes, Duration patience)
      throws IOException, SignalingException, InterruptedException, ExecutionException {
    var socket = new ClientSocket();
    var viewer = new ChurningViewer(parts, socket);
    ClientSession session = ClientSession.open(parts, endpoint, socket, viewer.peer, viewer);
    boolean hasSeen = viewer.seen.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (vanishes) {
      session.vanish();
    } else {
      session.end();
    }
    if (!hasSeen) {
      throw new IllegalStateException("no picture within " + patience);
    }
  }

  @Override
  public void handleDatagram(
      ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos) {
    peer.handleDatagram(buffer, offset, length, source, nowNanos);
  }

  @Override
  public long nextTimeoutNanos() {
    return peer.nextTimeoutNanos();
  }

  @Override
  public void handleTimeout(long nowNanos) {
    peer.handleTimeout(nowNanos);
  }

  @Override
  public void onConnected(long nowNanos) {
    // The picture is what it waits for.
  }

  @Override
  public void onRtp(String mid, RtpPacket packet, long packetIndex, long nowNanos) {
    seen.countDown();
  }

  @Override
  public void onClosed(TransportCloseReason reason, String detail, long nowNanos) {
    // The server says so to viewers that go as well.
  }
}
