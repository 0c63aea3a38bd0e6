package io.wishbone.node.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.node.negotiation.LocalSources;
import io.wishbone.node.negotiation.LocalTransport;
import io.wishbone.node.relay.RelayAnswer;
import io.wishbone.node.relay.RelayOffer;
import io.wishbone.node.relay.RelayRejectedException;
import io.wishbone.webrtc.dtls.DtlsIdentity;
import io.wishbone.webrtc.ice.ControllingAgent;
import io.wishbone.webrtc.ice.IceCredentialsGenerator;
import io.wishbone.webrtc.rtcp.RtcpPacket;
import io.wishbone.webrtc.sim.SimEndpoint;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimSocket;
import io.wishbone.webrtc.srtp.JceCipherProvider;
import io.wishbone.webrtc.srtp.SrtpProfile;
import io.wishbone.webrtc.transport.PeerTransport;
import io.wishbone.webrtc.transport.TransportCloseReason;
import io.wishbone.webrtc.transport.TransportListener;
import io.wishbone.webrtc.transport.TransportParts;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;

/// Something that was let in as an edge, and sends whatever it likes.
final class HostileEdge implements SimEndpoint, TransportListener {
  private final SimNetwork network;
  private final SimSocket socket;
  private final PeerTransport transport;
  private final RelayAnswer answer;
  private final RandomGenerator random;
  private long received;

  HostileEdge(SimCluster cluster, SimNode parent, String host) {
    network = cluster.network();
    socket = network.open(host, 4444);
    random = network.randomForPeer();
    var identity = DtlsIdentity.generate(new SecureRandom());
    var credentials = IceCredentialsGenerator.generate(random);
    String offer =
        RelayOffer.write(
            new LocalTransport(
                1,
                credentials,
                identity.fingerprint(),
                false,
                List.of(),
                new LocalSources(1, "x")));
    try {
      answer = RelayAnswer.read(requireNonNull(cluster.ask(parent, "hostile", offer)));
    } catch (RelayRejectedException e) {
      throw new AssertionError(e);
    }
    var agent =
        new ControllingAgent(credentials, answer.peer().iceCredentials(), random, network.now());
    answer.candidates().forEach(each -> agent.addRemoteCandidate(each, network.now()));
    transport =
        new PeerTransport(
            agent,
            answer.peer().dtlsRole(),
            answer.peer().fingerprints(),
            new TransportParts(
                socket,
                network.offload(),
                identity,
                List.of(SrtpProfile.AEAD_AES_128_GCM),
                new JceCipherProvider(),
                new SecureRandom()),
            this);
    socket.attach(this);
  }

  boolean isConnected() {
    return transport.isConnected();
  }

  /// RTP packets that came.
  long received() {
    return received;
  }

  long pictureSsrc() {
    return answer.description().tracks().getLast().encodings().getFirst().ssrc();
  }

  void send(RtcpPacket... packets) {
    assertThat(transport.sendRtcp(List.of(packets))).isTrue();
  }

  /// A packet of media, which edges do not send, of a length that need not make sense.
  void sendGarbage(int number) {
    byte[] bytes = new byte[12 + random.nextInt(200)];
    random.nextBytes(bytes);
    bytes[0] = (byte) 0x80;
    bytes[1] = 96;
    ByteBuffer.wrap(bytes).putShort(2, (short) number).putInt(8, number % 100);
    int offset = socket.claim(bytes.length + transport.rtpOverhead());
    socket.buffer().put(offset, bytes);
    transport.sendRtp(offset, bytes.length, 0);
  }

  @Override
  public void handleDatagram(
      ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos) {
    transport.handleDatagram(buffer, offset, length, source, nowNanos);
  }

  @Override
  public long nextTimeoutNanos() {
    return transport.nextTimeoutNanos();
  }

  @Override
  public void handleTimeout(long nowNanos) {
    transport.handleTimeout(nowNanos);
  }

  @Override
  public void onAuthenticated(InetSocketAddress source, long nowNanos) {}

  @Override
  public void onConnected(long nowNanos) {}

  @Override
  public void onRtp(ByteBuffer buffer, int offset, int length, long packetIndex, long nowNanos) {
    received++;
  }

  @Override
  public void onRtcp(ByteBuffer buffer, int offset, int length, long nowNanos) {}

  @Override
  public void onClosed(TransportCloseReason reason, String detail, long nowNanos) {}
}
