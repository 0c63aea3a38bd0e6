package io.wishbone.webrtc.transport;

import io.wishbone.webrtc.dtls.DtlsIdentity;
import io.wishbone.webrtc.ice.IceCredentialsGenerator;
import io.wishbone.webrtc.ice.IceLiteAgent;
import io.wishbone.webrtc.rtcp.RtcpCodec;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.rtp.RtpPacket;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.SdpParseException;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.sdp.SetupRole;
import io.wishbone.webrtc.sim.SimEndpoint;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimSocket;
import io.wishbone.webrtc.srtp.JceCipherProvider;
import io.wishbone.webrtc.srtp.SrtpProfile;
import io.wishbone.webrtc.stun.StunKey;
import io.wishbone.webrtc.stun.StunMessageType;
import io.wishbone.webrtc.stun.StunWriter;
import io.wishbone.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The server's side of one session, without any media logic: keeps what it gets.
final class LiteAnswerer implements SimEndpoint, TransportListener {
  private final SimNetwork network;
  private final SimSocket socket;
  private final DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom());
  private final IceCredentials credentials;
  final List<Long> packetIndexes = new ArrayList<>();
  final List<RtcpPacket> rtcp = new ArrayList<>();
  final List<TransportCloseReason> closed = new ArrayList<>();
  final List<byte[]> requests = new ArrayList<>();
  private InetSocketAddress rewrittenFrom;
  private InetSocketAddress rewrittenTo;
  final List<String> details = new ArrayList<>();
  final List<InetSocketAddress> validated = new ArrayList<>();
  final Set<Long> ssrcs = new java.util.HashSet<>();
  PeerTransport transport;
  private final RtpPacket view = new RtpPacket();

  LiteAnswerer(SimNetwork network, String host) {
    this.network = network;
    this.socket = network.open(host, 9400);
    this.credentials = IceCredentialsGenerator.generate(network.randomForPeer());
    socket.attach(this);
  }

  SimSocket socket() {
    return socket;
  }

  /// Answers with every section and the first codec of each.
  String answer(String text) throws SdpParseException {
    SessionDescription offer = SessionDescription.parse(text);
    MediaDescription first = offer.media().getFirst();
    boolean active = first.setup() == SetupRole.PASSIVE;
    transport =
        new PeerTransport(
            new IceLiteAgent(credentials),
            active ? DtlsRole.CLIENT : DtlsRole.SERVER,
            Set.copyOf(first.fingerprints()),
            new TransportParts(
                socket,
                network.offload(),
                identity,
                List.of(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES128_CM_HMAC_SHA1_80),
                new JceCipherProvider(),
                new SecureRandom()),
            this);
    StringBuilder answer = new StringBuilder("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n");
    answer.append("a=ice-lite\r\n");
    for (MediaDescription section : offer.media()) {
      answer
          .append(
              "m=%s 9 %s %s\r\n"
                  .formatted(section.kindText(), section.protocol(), section.formats().getFirst()))
          .append("c=IN IP4 0.0.0.0\r\na=mid:%s\r\na=rtcp-mux\r\n".formatted(section.mid()))
          .append("a=ice-ufrag:%s\r\n".formatted(credentials.usernameFragment()))
          .append("a=ice-pwd:%s\r\n".formatted(credentials.password()))
          .append(
              "a=fingerprint:%s %s\r\n"
                  .formatted(identity.fingerprint().algorithm(), identity.fingerprint().value()))
          .append(active ? "a=setup:active\r\n" : "a=setup:passive\r\n")
          .append(
              "a=candidate:1 1 udp 2130706431 %s %d typ host\r\n"
                  .formatted(socket.address().getHostString(), socket.address().getPort()));
    }
    return answer.toString();
  }

  @Override
  public void handleDatagram(
      ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos) {
    if (PacketProtocol.of(buffer, offset, length) == PacketProtocol.STUN) {
      byte[] request = new byte[length];
      buffer.get(offset, request);
      requests.add(request);
    }
    if (transport != null) {
      boolean isMoved = source.equals(rewrittenFrom);
      transport.handleDatagram(buffer, offset, length, isMoved ? rewrittenTo : source, nowNanos);
    }
  }

  /// As if the peer sent from another address from now on.
  void rewriteSource(InetSocketAddress from, InetSocketAddress to) {
    rewrittenFrom = from;
    rewrittenTo = to;
  }

  /// A check of the peer with USE-CANDIDATE, in a transaction of its own.
  byte[] newNomination() {
    ByteBuffer buffer = ByteBuffer.allocate(512);
    StunWriter writer =
        new StunWriter()
            .begin(buffer, 0, StunMessageType.BINDING_REQUEST, new TransactionId(77, 78))
            .username((credentials.usernameFragment() + ":peer").getBytes(StandardCharsets.UTF_8))
            .useCandidate();
    writer.integrity(StunKey.shortTerm(credentials.password())).fingerprint();
    return Arrays.copyOf(buffer.array(), writer.length());
  }

  @Override
  public long nextTimeoutNanos() {
    return transport == null ? Long.MAX_VALUE : transport.nextTimeoutNanos();
  }

  @Override
  public void handleTimeout(long nowNanos) {
    transport.handleTimeout(nowNanos);
  }

  @Override
  public void onAuthenticated(InetSocketAddress source, long nowNanos) {
    validated.add(source);
  }

  @Override
  public void onConnected(long nowNanos) {}

  @Override
  public void onRtp(ByteBuffer buffer, int offset, int length, long packetIndex, long nowNanos) {
    packetIndexes.add(packetIndex);
    if (view.wrap(buffer, offset, length)) {
      ssrcs.add(view.ssrc());
    }
  }

  @Override
  public void onRtcp(ByteBuffer buffer, int offset, int length, long nowNanos) {
    rtcp.addAll(RtcpCodec.parse(buffer, offset, length));
  }

  @Override
  public void onClosed(TransportCloseReason reason, String detail, long nowNanos) {
    closed.add(reason);
    details.add(detail);
  }
}
