package io.wishbone.webrtc.transport;

import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.dtls.DtlsAssociation;
import io.wishbone.webrtc.dtls.DtlsState;
import io.wishbone.webrtc.dtls.DtlsStep;
import io.wishbone.webrtc.ice.IceAgent;
import io.wishbone.webrtc.rtcp.RtcpCodec;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.sdp.Fingerprint;
import io.wishbone.webrtc.srtp.SrtpProfile;
import io.wishbone.webrtc.srtp.SrtpSession;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One BUNDLE with one remote peer: ICE, then DTLS, then SRTP and SRTCP, on one 5-tuple.
///
/// ```
///   waiting for a check --> DTLS handshake --> connected --> closed
///            |                    |                            ^
///            +--------------------+---- close, failure --------+
/// ```
///
/// Not thread-safe: a transport lives on its worker's thread. Nothing that a peer sends throws;
/// what is refused is counted in [#drops()].
public final class PeerTransport {
  /// An RTCP compound packet stays within the path MTU that DTLS assumes as well.
  private static final int MAX_RTCP_LENGTH = 1200;

  private final IceAgent ice;
  private final DtlsRole role;
  private final TransportParts parts;
  private final TransportListener listener;
  private final DropCounts drops = new DropCounts();
  private final DtlsDriver dtls;

  private @Nullable SrtpSession srtp;
  private @Nullable SrtpProfile profile;
  private @Nullable InetSocketAddress handshakePeer;
  private boolean closed;
  private long lastMediaNanos = Long.MIN_VALUE;
  private final Map<Long, Long> resumed = new LinkedHashMap<>();

  /// A transport that waits for its peer's first check.
  ///
  /// @param peerFingerprints what the peer's description announced; one of them has to match its
  ///   certificate (RFC 8122 section 5)
  public PeerTransport(
      IceAgent ice,
      DtlsRole role,
      Set<Fingerprint> peerFingerprints,
      TransportParts parts,
      TransportListener listener) {
    this.ice = ice;
    this.role = role;
    this.parts = parts;
    this.listener = listener;
    this.dtls =
        new DtlsDriver(
            role,
            () ->
                switch (role) {
                  case SERVER ->
                      DtlsAssociation.server(
                          parts.identity(), peerFingerprints, parts.profiles(), parts.random());
                  case CLIENT ->
                      DtlsAssociation.client(
                          parts.identity(), peerFingerprints, parts.profiles(), parts.random());
                },
            parts.offload(),
            this::onDtlsStep,
            drops);
  }

  /// Says where an RTP stream of the peer stands that did not begin with this transport, such as
  /// one that the peer passes on under its source's numbers. To be said before the transport is
  /// connected; see [SrtpSession#resumeRtp].
  ///
  /// @param packetIndex about the highest index of the stream so far
  public void expectRtp(long ssrc, long packetIndex) {
    if (resumed.size() < SrtpSession.MAX_SSRCS) {
      resumed.put(ssrc, packetIndex);
    }
  }

  /// The agent that decides where the peer is.
  public IceAgent ice() {
    return ice;
  }

  /// What was dropped, and why.
  public DropCounts drops() {
    return drops;
  }

  /// Whether media may be sent.
  public boolean isConnected() {
    return srtp != null && !closed;
  }

  public boolean isClosed() {
    return closed;
  }

  /// Whether DTLS has been heard of at all, for telling what a connection that never came about
  /// lacks.
  public boolean isHandshakeStarted() {
    return dtls.isStarted();
  }

  /// When the peer last proved to be there by an authenticated check or by authenticated media
  /// (FFmpeg 8.0 sends no checks once it is connected); `Long.MIN_VALUE` when it never did.
  public long lastAliveNanos() {
    return Math.max(lastMediaNanos, ice.lastAuthenticatedNanos());
  }

  /// When the last authenticated RTP or RTCP packet came; `Long.MIN_VALUE` when none ever did.
  public long lastMediaNanos() {
    return lastMediaNanos;
  }

  /// Takes the datagram of `length` bytes at `offset`; it may be decrypted in place.
  public void handleDatagram(
      ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos) {
    if (closed) {
      return;
    }
    PacketProtocol protocol = PacketProtocol.of(buffer, offset, length);
    if (protocol == PacketProtocol.STUN) {
      handleStun(buffer, offset, length, source, nowNanos);
    } else if (protocol == PacketProtocol.UNKNOWN) {
      drops.count(DropReason.UNKNOWN_PROTOCOL);
    } else if (!ice.isValidated(source)) {
      drops.count(DropReason.UNVALIDATED_SOURCE);
    } else if (protocol == PacketProtocol.DTLS) {
      handleDtls(buffer, offset, length, source, nowNanos);
    } else {
      handleSrtp(protocol, buffer, offset, length, source, nowNanos);
    }
  }

  /// A handshake stays where it began, unless the peer nominates another address.
  private void handleDtls(
      ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos) {
    if (srtp == null && dtls.isStarted()) {
      if (!source.equals(handshakePeer) && !source.equals(ice.remoteAddress())) {
        drops.count(DropReason.UNVALIDATED_SOURCE);
        return;
      }
    } else if (srtp == null) {
      handshakePeer = source;
    }
    dtls.handleDatagram(buffer, offset, length, nowNanos);
  }

  private void handleStun(
      ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos) {
    if (ice.handleStun(buffer, offset, length, source, nowNanos, parts.outbox())) {
      listener.onAuthenticated(source, nowNanos);
    }
    startWhenActive(nowNanos);
  }

  /// The active side speaks first, as soon as there is a pair to speak on.
  private void startWhenActive(long nowNanos) {
    if (role == DtlsRole.CLIENT && !closed && ice.isNominated()) {
      if (!dtls.isStarted()) {
        handshakePeer = ice.remoteAddress();
      }
      dtls.start(nowNanos);
    }
  }

  private void handleSrtp(
      PacketProtocol protocol,
      ByteBuffer buffer,
      int offset,
      int length,
      InetSocketAddress source,
      long nowNanos) {
    SrtpSession session = srtp;
    if (session == null) {
      drops.count(DropReason.BEFORE_KEYS);
      return;
    }
    boolean rtcp = protocol == PacketProtocol.RTCP;
    int plain =
        rtcp
            ? session.unprotectRtcp(buffer, offset, length)
            : session.unprotectRtp(buffer, offset, length);
    if (plain < 0) {
      drops.count(DropReason.SRTP_REFUSED);
      return;
    }
    lastMediaNanos = nowNanos;
    ice.onAuthenticatedMedia(source);
    if (rtcp) {
      listener.onRtcp(buffer, offset, plain, nowNanos);
    } else {
      listener.onRtp(buffer, offset, plain, session.packetIndex(), nowNanos);
    }
  }

  /// When [#handleTimeout] is to be called next; `Long.MAX_VALUE` for never.
  public long nextTimeoutNanos() {
    return closed ? Long.MAX_VALUE : Math.min(ice.nextTimeoutNanos(), dtls.nextTimeoutNanos());
  }

  /// Does what has become due: checks, retransmissions, expiry.
  public void handleTimeout(long nowNanos) {
    if (closed) {
      return;
    }
    ice.handleTimeout(nowNanos, parts.outbox());
    if (ice.isFailed(nowNanos)) {
      end(TransportCloseReason.ICE_FAILED, "no answer to connectivity checks", nowNanos);
      return;
    }
    startWhenActive(nowNanos);
    dtls.handleTimeout(nowNanos);
  }

  /// Bytes that [#sendRtp] adds behind a packet.
  public int rtpOverhead() {
    SrtpProfile agreed = profile;
    return agreed == null ? 0 : agreed.rtpOverhead();
  }

  /// Reads what [#sendRtp] will need, so that it comes into the processor's caches together with
  /// what others need. Returns something made of what was read.
  public int prefetch() {
    SrtpSession session = srtp;
    InetSocketAddress destination = ice.remoteAddress();
    return session == null || destination == null
        ? 0
        : session.prefetch() + destination.getPort() + destination.getAddress().hashCode();
  }

  /// Protects, in place, the RTP packet that was written into a claim of the outbox, and commits
  /// it.
  ///
  /// @param offset where the packet was written; the claim had [#rtpOverhead()] bytes to spare
  /// @param rolloverCounter the ROC of RFC 3711 section 3.3.1 that belongs to the sequence number
  /// @return whether the packet was queued
  public boolean sendRtp(int offset, int length, int rolloverCounter) {
    SrtpSession session = srtp;
    InetSocketAddress destination = ice.remoteAddress();
    if (session == null || destination == null || closed) {
      drops.count(DropReason.NOT_CONNECTED);
      return false;
    }
    Outbox outbox = parts.outbox();
    int protectedLength = session.protectRtp(outbox.buffer(), offset, length, rolloverCounter);
    return commit(outbox, offset, protectedLength, destination);
  }

  /// Sends a compound packet, or a reduced-size one (RFC 5506).
  ///
  /// @return whether it was queued
  public boolean sendRtcp(List<? extends RtcpPacket> packets) {
    SrtpSession session = srtp;
    SrtpProfile agreed = profile;
    InetSocketAddress destination = ice.remoteAddress();
    if (session == null || agreed == null || destination == null || closed) {
      drops.count(DropReason.NOT_CONNECTED);
      return false;
    }
    Outbox outbox = parts.outbox();
    int offset = outbox.claim(MAX_RTCP_LENGTH + agreed.rtcpOverhead());
    int length = RtcpCodec.write(packets, outbox.buffer(), offset, MAX_RTCP_LENGTH);
    if (length <= 0) {
      return false;
    }
    return commit(
        outbox, offset, session.protectRtcp(outbox.buffer(), offset, length), destination);
  }

  private boolean commit(
      Outbox outbox, int offset, int protectedLength, InetSocketAddress destination) {
    if (protectedLength < 0) {
      drops.count(DropReason.SRTP_REFUSED);
      return false;
    }
    outbox.commit(offset, protectedLength, destination);
    return true;
  }

  /// Ends the transport and tells the peer so by close_notify (RFC 9725 section 4.2).
  public void close(long nowNanos) {
    if (!closed) {
      closed = true;
      wipeKeys();
      dtls.close(nowNanos);
    }
  }

  /// Ends the transport without a word: for sessions that another node continues.
  public void abandon() {
    closed = true;
    wipeKeys();
    dtls.abandon();
  }

  private void wipeKeys() {
    if (srtp != null) {
      srtp.close();
    }
  }

  private void onDtlsStep(DtlsStep step, long nowNanos) {
    InetSocketAddress began = handshakePeer;
    InetSocketAddress destination =
        ice.isNominated() || srtp != null || began == null ? ice.remoteAddress() : began;
    if (destination != null) {
      for (byte[] datagram : step.datagrams()) {
        parts.outbox().send(datagram, destination);
      }
    }
    if (closed) {
      return;
    }
    switch (step.state()) {
      case DtlsState.Handshaking _ -> {}
      case DtlsState.Connected connected -> {
        if (srtp == null) {
          profile = connected.keys().profile();
          srtp = new SrtpSession(connected.keys(), parts.ciphers());
          resumed.forEach(srtp::resumeRtp);
          ice.onTransportConnected(Objects.requireNonNull(handshakePeer));
          listener.onConnected(nowNanos);
        }
      }
      case DtlsState.Failed failed ->
          end(TransportCloseReason.DTLS_FAILED, failed.reason() + ": " + failed.detail(), nowNanos);
      case DtlsState.Closed _ -> end(TransportCloseReason.CLOSED_BY_PEER, "close_notify", nowNanos);
    }
  }

  private void end(TransportCloseReason reason, String detail, long nowNanos) {
    abandon();
    listener.onClosed(reason, detail, nowNanos);
  }
}
