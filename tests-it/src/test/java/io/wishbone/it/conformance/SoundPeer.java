package io.wishbone.it.conformance;

import io.wishbone.client.ClientParts;
import io.wishbone.client.net.ClientLoop;
import io.wishbone.client.net.ClientSocket;
import io.wishbone.client.net.DatagramEndpoint;
import io.wishbone.webrtc.ice.IceAgent;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.NegotiatedTrack;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.peer.OfferedMedia;
import io.wishbone.webrtc.peer.OfferingPeer;
import io.wishbone.webrtc.peer.PeerListener;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.SdpFragment;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.transport.TransportCloseReason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A client with real media: publishes fifty packets of sound a second, or counts those that it
/// gets. What stands between it and the server is a socket and nothing else.
public final class SoundPeer implements DatagramEndpoint, PeerListener {
  private static final long INTERVAL_NANOS = 20_000_000;
  private static final int TICKS = 960;
  private static final byte[] SOUND = {(byte) 0xf8, (byte) 0xff, (byte) 0xfe};

  private final ClientParts parts;
  private final ClientSocket socket;
  private final OfferingPeer peer;
  private final boolean isPublisher;
  private final List<Long> received = new ArrayList<>();
  private volatile LongConsumer arrivals = _ -> {};
  private volatile @Nullable TransportCloseReason closeReason;
  private volatile boolean connected;
  private volatile long closedNanos;
  private final AtomicInteger late = new AtomicInteger();
  private long nextSoundNanos = Long.MAX_VALUE;
  private long timestamp;

  private SoundPeer(ClientParts parts, boolean isPublisher, SetupRole setup) throws IOException {
    this.parts = parts;
    this.isPublisher = isPublisher;
    socket = new ClientSocket();
    var sound = new OfferedMedia(MediaKind.AUDIO, new OfferedCodec(Codec.OPUS, 111));
    peer =
        new OfferingPeer(
            isPublisher ? Direction.SENDONLY : Direction.RECVONLY,
            setup,
            List.of(sound),
            parts.transportParts(socket),
            new SecureRandom(),
            this);
  }

  public static SoundPeer publisher(ClientParts parts) throws IOException {
    return new SoundPeer(parts, true, SetupRole.ACTPASS);
  }

  /// As FFmpeg offers: the server is to open the handshake.
  public static SoundPeer passivePublisher(ClientParts parts) throws IOException {
    return new SoundPeer(parts, true, SetupRole.PASSIVE);
  }

  public static SoundPeer viewer(ClientParts parts) throws IOException {
    return new SoundPeer(parts, false, SetupRole.ACTPASS);
  }

  public String offer() {
    return peer.offer();
  }

  /// Takes the answer and connects.
  public void accept(String answer) throws InterruptedException, ExecutionException {
    onLoop(() -> {
      parts.loop().attach(socket, this);
      peer.accept(answer, ClientLoop.nowNanos());
      return true;
    });
  }

  /// Goes on under new credentials, as after a PATCH that was answered by 200.
  public void restart(SdpFragment asked, SdpFragment answered)
      throws InterruptedException, ExecutionException {
    onLoop(() -> {
      IceAgent agent = Objects.requireNonNull(peer.transport()).ice();
      long now = ClientLoop.nowNanos();
      agent.restart(
          Objects.requireNonNull(asked.credentials()),
          Objects.requireNonNull(answered.credentials()),
          now);
      answered.candidates().forEach(candidate -> agent.addRemoteCandidate(candidate, now));
      return true;
    });
  }

  /// Says goodbye over DTLS.
  public void close() throws InterruptedException, ExecutionException {
    onLoop(() -> {
      peer.close(ClientLoop.nowNanos());
      return true;
    });
  }

  /// Gives its socket back, without a word.
  public void leave() throws InterruptedException, ExecutionException {
    onLoop(() -> {
      peer.abandon();
      parts.loop().detach(socket);
      return true;
    });
  }

  public boolean isConnected() {
    return connected;
  }

  public @Nullable TransportCloseReason closeReason() {
    return closeReason;
  }

  /// The indexes of the packets that came, in their order.
  public List<Long> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  /// How many packets came.
  public int receivedCount() {
    synchronized (received) {
      return received.size();
    }
  }

  /// Who is told when each packet comes, by the clock of [System#nanoTime()].
  public void onArrival(LongConsumer listener) {
    arrivals = listener;
  }

  /// When it was closed, by the clock of [System#nanoTime()].
  public long closedNanos() {
    return closedNanos;
  }

  /// How many datagrams came after it was closed, of whatever kind.
  public int late() {
    return late.get();
  }

  private void onLoop(Callable<Boolean> task) throws InterruptedException, ExecutionException {
    parts.loop().call(task);
  }

  @Override
  public void handleDatagram(
      ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos) {
    if (closeReason != null) {
      late.incrementAndGet();
    }
    peer.handleDatagram(buffer, offset, length, source, nowNanos);
  }

  @Override
  public long nextTimeoutNanos() {
    return Math.min(peer.nextTimeoutNanos(), nextSoundNanos);
  }

  @Override
  public void handleTimeout(long nowNanos) {
    if (peer.nextTimeoutNanos() <= nowNanos) {
      peer.handleTimeout(nowNanos);
    }
    while (nextSoundNanos <= nowNanos) {
      NegotiatedTrack track = peer.tracks().getFirst();
      peer.send(track, track.encodings().getFirst(), SOUND, false, timestamp, nowNanos);
      timestamp += TICKS;
      nextSoundNanos += INTERVAL_NANOS;
    }
  }

  @Override
  public void onConnected(long nowNanos) {
    connected = true;
    if (isPublisher) {
      nextSoundNanos = nowNanos;
    }
  }

  @Override
  public void onRtp(String mid, RtpPacket packet, long packetIndex, long nowNanos) {
    synchronized (received) {
      received.add(packetIndex);
    }
    arrivals.accept(nowNanos);
  }

  @Override
  public void onClosed(TransportCloseReason reason, String detail, long nowNanos) {
    nextSoundNanos = Long.MAX_VALUE;
    closedNanos = nowNanos;
    closeReason = reason;
  }
}
