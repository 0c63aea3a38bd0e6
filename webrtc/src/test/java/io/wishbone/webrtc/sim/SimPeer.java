package io.wishbone.webrtc.sim;

import io.wishbone.webrtc.dtls.DtlsIdentity;
import io.wishbone.webrtc.peer.OfferedMedia;
import io.wishbone.webrtc.peer.OfferingPeer;
import io.wishbone.webrtc.peer.PeerListener;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.srtp.JceCipherProvider;
import io.wishbone.webrtc.srtp.SrtpProfile;
import io.wishbone.webrtc.transport.TransportCloseReason;
import io.wishbone.webrtc.transport.TransportParts;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A client on the simulated network: an [OfferingPeer] behind a socket.
///
/// ```java
/// SimPublisher camera = SimPublisher.vp8(network, "10.0.1.1");
/// camera.accept(node.answerTo(camera.offer()));
/// network.runUntil(camera::isConnected, Duration.ofSeconds(5));
/// ```
public abstract class SimPeer implements SimEndpoint, PeerListener {
  private static final List<SrtpProfile> PROFILES =
      List.of(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES128_CM_HMAC_SHA1_80);

  /// Making a key pair costs more than a handshake: simulated peers share one.
  private static final DtlsIdentity IDENTITY = DtlsIdentity.generate(new SecureRandom());

  private final SimNetwork network;
  private final SimSocket socket;
  private final OfferingPeer peer;
  private long connectedAtNanos = Long.MIN_VALUE;
  private @Nullable TransportCloseReason closeReason;

  SimPeer(
      SimNetwork network,
      RandomGenerator random,
      String host,
      Direction direction,
      SetupRole setup,
      List<OfferedMedia> media,
      List<SrtpProfile> profiles) {
    this.network = network;
    this.socket = network.open(host, 50_000);
    TransportParts parts =
        new TransportParts(
            socket,
            network.offload(),
            IDENTITY,
            profiles.isEmpty() ? PROFILES : profiles,
            new JceCipherProvider(),
            new SecureRandom());
    this.peer = new OfferingPeer(direction, setup, media, parts, random, this);
  }

  public final OfferingPeer peer() {
    return peer;
  }

  public final SimSocket socket() {
    return socket;
  }

  public final String offer() {
    return peer.offer();
  }

  /// Takes the answer and starts to connect.
  public final void accept(String answer) {
    try {
      peer.accept(answer, network.now());
    } catch (Exception e) {
      throw new AssertionError("answer refused: " + e.getMessage() + "\n" + answer, e);
    }
    socket.attach(this);
  }

  public final boolean isConnected() {
    return peer.isConnected();
  }

  public final long connectedAtNanos() {
    return connectedAtNanos;
  }

  /// Why the other side, or a failure, ended the session; null while it has not.
  public final @Nullable TransportCloseReason closeReason() {
    return closeReason;
  }

  /// Says goodbye with a close_notify.
  public final void close() {
    peer.close(network.now());
  }

  /// Dies: nothing is sent or heard from now on.
  public final void vanish() {
    peer.abandon();
    socket.attach(null);
  }

  @Override
  public final void handleDatagram(
      ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos) {
    peer.handleDatagram(buffer, offset, length, source, nowNanos);
  }

  @Override
  public long nextTimeoutNanos() {
    return peer.nextTimeoutNanos();
  }

  @Override
  public void handleTimeout(long nowNanos) {
    if (peer.nextTimeoutNanos() <= nowNanos) {
      peer.handleTimeout(nowNanos);
    }
  }

  @Override
  public void onConnected(long nowNanos) {
    connectedAtNanos = nowNanos;
  }

  @Override
  public final void onClosed(TransportCloseReason reason, String detail, long nowNanos) {
    closeReason = reason;
  }
}
