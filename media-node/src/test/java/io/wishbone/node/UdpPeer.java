package io.wishbone.node;

import io.wishbone.node.io.MonotonicClock;
import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.dtls.DtlsIdentity;
import io.wishbone.webrtc.payload.Codec;
import io.wishbone.webrtc.peer.NegotiatedTrack;
import io.wishbone.webrtc.peer.OfferedCodec;
import io.wishbone.webrtc.peer.OfferedMedia;
import io.wishbone.webrtc.peer.OfferingPeer;
import io.wishbone.webrtc.peer.PeerListener;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.sdp.Direction;
import io.wishbone.webrtc.sdp.MediaKind;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.srtp.JceCipherProvider;
import io.wishbone.webrtc.srtp.SrtpProfile;
import io.wishbone.webrtc.transport.Offload;
import io.wishbone.webrtc.transport.TransportCloseReason;
import io.wishbone.webrtc.transport.TransportParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An offering peer behind a real socket on this machine, run by the test's thread.
final class UdpPeer implements Outbox, PeerListener, Offload, AutoCloseable {
  private static final DtlsIdentity IDENTITY = DtlsIdentity.generate(new SecureRandom());
  private static final OfferedMedia AUDIO =
      new OfferedMedia(MediaKind.AUDIO, new OfferedCodec(Codec.OPUS, 111));

  private static final int RECEIVE_BUFFER_BYTES = 2 * 1024 * 1024;

  private final MonotonicClock clock = new MonotonicClock();
  private final DatagramSocket socket;
  private final ByteBuffer arena = ByteBuffer.allocate(4096);
  private final OfferingPeer peer;
  private final List<Integer> received = new ArrayList<>();
  private @Nullable TransportCloseReason closeReason;

  UdpPeer(Direction direction) throws IOException {
    socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
    // Tests send many packets before the peer looks at the first of them.
    socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    var parts =
        new TransportParts(
            this,
            this,
            IDENTITY,
            List.of(SrtpProfile.AEAD_AES_128_GCM),
            new JceCipherProvider(),
            new SecureRandom());
    peer =
        new OfferingPeer(
            direction, SetupRole.ACTPASS, List.of(AUDIO), parts, new SecureRandom(), this);
  }

  String offer() {
    return peer.offer();
  }

  void accept(String answer) throws Exception {
    peer.accept(answer, clock.getAsLong());
  }

  boolean isConnected() {
    return peer.isConnected();
  }

  /// Sequence numbers of what was received.
  List<Integer> received() {
    return received;
  }

  @Nullable TransportCloseReason closeReason() {
    return closeReason;
  }

  void sendSound(int timestamp) {
    NegotiatedTrack track = peer.tracks().getFirst();
    peer.send(
        track, track.encodings().getFirst(), new byte[100], false, timestamp, clock.getAsLong());
  }

  /// Handles what arrives and what is due until the condition holds; says whether it did.
  boolean runUntil(BooleanSupplier condition, Duration limit) throws IOException {
    long end = clock.getAsLong() + limit.toNanos();
    byte[] bytes = new byte[2048];
    while (!condition.getAsBoolean()) {
      long now = clock.getAsLong();
      if (now >= end) {
        return false;
      }
      if (peer.nextTimeoutNanos() <= now) {
        peer.handleTimeout(now);
      }
      socket.setSoTimeout(5);
      var datagram = new DatagramPacket(bytes, bytes.length);
      try {
        socket.receive(datagram);
      } catch (SocketTimeoutException nothing) {
        continue;
      }
      peer.handleDatagram(
          ByteBuffer.wrap(bytes.clone()),
          0,
          datagram.getLength(),
          (InetSocketAddress) datagram.getSocketAddress(),
          clock.getAsLong());
    }
    return true;
  }

  @Override
  public ByteBuffer buffer() {
    return arena;
  }

  @Override
  public int claim(int capacity) {
    return 0;
  }

  @Override
  public void commit(int offset, int length, InetSocketAddress destination) {
    try {
      socket.send(new DatagramPacket(arena.array(), offset, length, destination));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public <T> void run(Supplier<T> work, Completion<T> done) {
    done.accept(work.get(), clock.getAsLong());
  }

  @Override
  public void onConnected(long nowNanos) {}

  @Override
  public void onRtp(String mid, RtpPacket packet, long packetIndex, long nowNanos) {
    received.add(packet.sequenceNumber());
  }

  @Override
  public void onRtcp(List<RtcpPacket> packets, long nowNanos) {}

  @Override
  public void onClosed(TransportCloseReason reason, String detail, long nowNanos) {
    closeReason = reason;
  }

  @Override
  public void close() {
    peer.abandon();
    socket.close();
  }
}
