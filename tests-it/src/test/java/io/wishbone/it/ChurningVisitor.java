package io.wishbone.it;

import io.wishbone.client.ClientParts;
import io.wishbone.client.ClientSession;
import io.wishbone.client.http.SignalingException;
import io.wishbone.client.net.ClientSocket;
import io.wishbone.client.net.DatagramEndpoint;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.NegotiatedTrack;
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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// Watches until the first packet of the picture is there, or publishes until it is connected and
/// has sent a packet of sound, and goes.
final class ChurningVisitor implements DatagramEndpoint, PeerListener {

  private static final OfferedMedia PICTURE =
      new OfferedMedia(MediaKind.VIDEO, new OfferedCodec(Codec.VP8, 96));
  private static final OfferedMedia SOUND =
      new OfferedMedia(MediaKind.AUDIO, new OfferedCodec(Codec.OPUS, 111));
  private static final byte[] SILENCE = {(byte) 0xf8, (byte) 0xff, (byte) 0xfe};

  private final boolean isPublisher;
  private final OfferingPeer peer;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile String closed = "not";

  private ChurningVisitor(ClientParts parts, ClientSocket socket, boolean isPublisher) {
    this.isPublisher = isPublisher;
    peer =
        new OfferingPeer(
            isPublisher ? Direction.SENDONLY : Direction.RECVONLY,
            SetupRole.ACTPASS,
            List.of(isPublisher ? SOUND : PICTURE),
            parts.transportParts(socket),
            new SecureRandom(),
            this);
  }

  /// @param vanishes whether it goes without a word
  /// @throws IllegalStateException when no picture came
  static void watches(ClientParts parts, URI endpoint, boolean vanishes, Duration patience)
      throws IOException, SignalingException, InterruptedException, ExecutionException {
    comesAndGoes(parts, endpoint, false, vanishes, patience);
  }

  /// @param endpoint of a stream that nobody else publishes
  /// @param vanishes whether it goes without a word
  /// @throws IllegalStateException when it was not connected
  static void publishes(ClientParts parts, URI endpoint, boolean vanishes, Duration patience)
      throws IOException, SignalingException, InterruptedException, ExecutionException {
    comesAndGoes(parts, endpoint, true, vanishes, patience);
  }

  private static void comesAndGoes(
      ClientParts parts, URI endpoint, boolean isPublisher, boolean vanishes, Duration patience)
      throws IOException, SignalingException, InterruptedException, ExecutionException {
    var socket = new ClientSocket();
    var visitor = new ChurningVisitor(parts, socket, isPublisher);
    ClientSession session = ClientSession.open(parts, endpoint, socket, visitor.peer, visitor);
    boolean isDone = visitor.done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    String seen = isDone ? "" : visitor.state(endpoint, session.url());
    if (vanishes) {
      session.vanish();
    } else {
      session.end();
    }
    if (!isDone) {
      throw new IllegalStateException(
          (isPublisher ? "not connected" : "no picture") + " within " + patience + "; " + seen);
    }
  }

  /// What is to be seen of a session that does not come about, from both sides.
  private String state(URI endpoint, URI session) throws IOException, InterruptedException {
    String id = session.getPath().substring(session.getPath().lastIndexOf('/') + 1);
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(endpoint.resolve("/api/v1/sessions/" + id)).build();
      String known = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return "connected here: "
          + peer.isConnected()
          + ", closed here: "
          + closed
          + ", there: "
          + known;
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
    if (isPublisher) {
      NegotiatedTrack track = peer.tracks().getFirst();
      peer.send(track, track.encodings().getFirst(), SILENCE, false, 0, nowNanos);
      done.countDown();
    }
  }

  @Override
  public void onRtp(String mid, RtpPacket packet, long packetIndex, long nowNanos) {
    done.countDown();
  }

  @Override
  public void onClosed(TransportCloseReason reason, String detail, long nowNanos) {
    // The server says so to those that go as well.
    closed = reason + " " + detail;
  }
}
