package io.wishbone.node.worker;

import io.wishbone.node.doctor.Verdict;
import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.dtls.DtlsIdentity;
import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sdp.SdpParseException;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.sim.SimEndpoint;
import io.wishbone.webrtc.sim.SimNetwork;
import io.wishbone.webrtc.sim.SimPeer;
import io.wishbone.webrtc.sim.SimPublisher;
import io.wishbone.webrtc.sim.SimSocket;
import io.wishbone.webrtc.sim.SimViewer;
import io.wishbone.webrtc.srtp.JceCipherProvider;
import io.wishbone.webrtc.srtp.SrtpCipherProvider;
import io.wishbone.webrtc.srtp.SrtpProfile;
import io.wishbone.webrtc.transport.PacketProtocol;
import io.wishbone.webrtc.transport.TransportParts;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A media worker on the simulated network, and a diary of what it tells.
public final class SimNode implements SimEndpoint, WorkerListener {
  private static final DtlsIdentity IDENTITY = DtlsIdentity.generate(new SecureRandom());

  /// The end of a session.
  record Ended(String sessionId, EndReason reason, long atNanos) {}

  private static final int FIRST_RELAY_PORT = 20_000;

  private final SimNetwork network;
  private final String host;
  private final List<SimSocket> relaySockets = new ArrayList<>();
  private final List<String> pullsEnded = new ArrayList<>();
  private boolean dead;
  private final SimSocket socket;
  private final MediaWorker worker;
  private final List<String> connected = new ArrayList<>();
  private final List<Ended> ended = new ArrayList<>();
  private final List<Verdict> verdicts = new ArrayList<>();
  private final List<String> outgrown = new ArrayList<>();
  private final List<String> milestones = new ArrayList<>();
  private final List<Long> milestoneNanos = new ArrayList<>();
  private final Map<String, Long> firstFrameMillis = new HashMap<>();
  private final List<StreamReport> reports = new ArrayList<>();
  private final SimOffload offload;
  private boolean reportsSilenced;
  private boolean handshakesSilenced;
  private @Nullable List<byte[]> recording;
  private final Set<Long> silenced = new HashSet<>();

  SimNode(SimNetwork network) {
    this(network, UnaryOperator.identity());
  }

  SimNode(SimNetwork network, UnaryOperator<WorkerConfiguration> change) {
    this(network, change, UnaryOperator.identity(), new JceCipherProvider());
  }

  /// @param outboxes what the worker writes to, given the socket
  SimNode(
      SimNetwork network,
      UnaryOperator<WorkerConfiguration> change,
      UnaryOperator<Outbox> outboxes,
      SrtpCipherProvider ciphers) {
    this(
        new SimCluster(network),
        "node-1",
        "node-1",
        1,
        RelayLimits.USUAL,
        change,
        outboxes,
        ciphers);
  }

  /// A worker of a cluster.
  ///
  /// @param name of the worker, which is the node's unless that has several
  /// @param number the end of its address
  SimNode(
      SimCluster cluster,
      String name,
      String node,
      int number,
      RelayLimits limits,
      UnaryOperator<WorkerConfiguration> change) {
    this(
        cluster,
        name,
        node,
        number,
        limits,
        change,
        UnaryOperator.identity(),
        new JceCipherProvider());
  }

  SimNode(
      SimCluster cluster,
      String name,
      String node,
      int number,
      RelayLimits limits,
      UnaryOperator<WorkerConfiguration> change,
      UnaryOperator<Outbox> outboxes,
      SrtpCipherProvider ciphers) {
    this.network = cluster.network();
    this.host = "192.0.2." + number;
    socket = network.open(host, 9400);
    socket.watchNumbers();
    offload = new SimOffload(network.offload(socket, Duration.ofMillis(3)));
    var candidate = new IceCandidate("1", 1, "udp", 2130706431L, host, 9400, "host");
    var parts =
        new TransportParts(
            outboxes.apply(socket),
            offload,
            IDENTITY,
            List.of(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES128_CM_HMAC_SHA1_80),
            ciphers,
            new SecureRandom());
    worker =
        new MediaWorker(
            change.apply(WorkerConfiguration.of(List.of(candidate))),
            parts,
            new RelayParts(
                node, limits, List.of(candidate), this::openRelay, cluster.requestsOf(this)),
            network.randomForPeer(),
            this);
    socket.attach(this);
    cluster.add(name, this);
  }

  private RelaySocket openRelay(RelaySockets.Receiver receiver) {
    SimSocket own = network.open(host, FIRST_RELAY_PORT + relaySockets.size());
    relaySockets.add(own);
    own.attach(new SimRelayEndpoint(receiver, this::received));
    return new SimRelaySocket(own);
  }

  /// Something came to the socket of a relay.
  private void received() {
    worker.deliver();
    socket.attach(this);
  }

  /// The sockets of the relays that this node has begun so far.
  List<SimSocket> relaySockets() {
    return relaySockets;
  }

  /// Dies: nothing is sent or heard from now on.
  void vanish() {
    socket.attach(null);
    relaySockets.forEach(each -> each.attach(null));
    dead = true;
  }

  boolean isDead() {
    return dead;
  }

  /// Looks at the worker's timers, after something was asked of it.
  void touched() {
    if (!dead) {
      socket.attach(this);
    }
  }

  MediaWorker worker() {
    return worker;
  }

  SimSocket socket() {
    return socket;
  }

  List<String> connected() {
    return connected;
  }

  List<Ended> ended() {
    return ended;
  }

  /// What was wrong with those that have ended, in the same order.
  List<Verdict> verdicts() {
    return verdicts;
  }

  /// What was said of streams.
  List<StreamReport> reports() {
    return reports;
  }

  /// Loses all RTCP on its way here, as of a publisher that sends none.
  void silenceReports() {
    reportsSilenced = true;
  }

  /// Loses all DTLS on its way here, as where large datagrams do not pass.
  void silenceHandshakes() {
    handshakesSilenced = true;
  }

  /// Keeps RTP packets instead of taking them, until so many have come.
  List<byte[]> record(int packets) {
    List<byte[]> recorded = new ArrayList<>();
    recording = recorded;
    network.runUntil(() -> recorded.size() >= packets, Duration.ofMinutes(10));
    recording = null;
    return recorded;
  }

  /// Where the worker's DTLS steps run.
  SimOffload offload() {
    return offload;
  }

  /// Loses all RTP packets of this SSRC on their way here, as when an encoder pauses.
  void silence(long ssrc) {
    silenced.add(ssrc);
  }

  void unsilence(long ssrc) {
    silenced.remove(ssrc);
  }

  OpenResult open(String sessionId, String stream, SessionRole role, String offer) {
    return open(sessionId, stream, role, offer, null);
  }

  /// Opens a session that may last for so long, and lets the peer connect.
  void joinFor(Duration lifetime, String sessionId, SessionRole role, SimPeer peer) {
    try {
      var offer = SessionDescription.parse(peer.offer());
      var request = new OpenRequest(sessionId, "demo", role, offer, null, lifetime.toNanos());
      accept(peer, open(request));
    } catch (SdpParseException e) {
      throw new AssertionError(e);
    }
  }

  OpenResult open(
      String sessionId, String stream, SessionRole role, String offer, @Nullable String replaces) {
    try {
      var request =
          new OpenRequest(
              sessionId,
              stream,
              role,
              SessionDescription.parse(offer),
              replaces,
              OpenRequest.UNLIMITED);
      return open(request);
    } catch (SdpParseException e) {
      throw new AssertionError(e);
    }
  }

  /// Opens a viewer's session, and lets the worker make an offer of its own.
  OpenResult view(String sessionId, String offer, Duration counterOfferValidity) {
    try {
      return open(
          new OpenRequest(
              sessionId,
              "demo",
              SessionRole.SUBSCRIBER,
              SessionDescription.parse(offer),
              null,
              OpenRequest.UNLIMITED,
              counterOfferValidity.toNanos(),
              null));
    } catch (SdpParseException e) {
      throw new AssertionError(e);
    }
  }

  ChangeResult answer(String sessionId, String answer) {
    try {
      ChangeResult result =
          worker.accept(sessionId, SessionDescription.parse(answer), network.now());
      socket.attach(this);
      return result;
    } catch (SdpParseException e) {
      throw new AssertionError(e);
    }
  }

  OpenResult open(OpenRequest request) {
    OpenResult result = worker.open(request, network.now());
    socket.attach(this);
    return result;
  }

  /// Opens a session that is expected to be accepted, and lets the peer connect.
  void join(String sessionId, String stream, SessionRole role, SimPeer peer) {
    accept(peer, open(sessionId, stream, role, peer.offer()));
  }

  private static void accept(SimPeer peer, OpenResult result) {
    switch (result) {
      case OpenResult.Opened opened -> peer.accept(opened.answer());
      case OpenResult.CounterOffered offered -> throw new AssertionError(offered.toString());
      case OpenResult.Refused refused -> throw new AssertionError(refused.toString());
    }
  }

  /// A publisher of VP8 on stream `demo`, session `publisher`.
  SimPublisher publish() {
    SimPublisher publisher = SimPublisher.vp8(network, "10.0.0.1");
    publish("publisher", publisher);
    return publisher;
  }

  /// A viewer of stream `demo`, session `viewer-<number>`.
  SimViewer view(int number) {
    SimViewer viewer = SimViewer.open(network, "10.1." + number / 200 + "." + (number % 200 + 1));
    view("viewer-" + number, viewer);
    return viewer;
  }

  void publish(String sessionId, SimPeer peer) {
    join(sessionId, "demo", SessionRole.PUBLISHER, peer);
  }

  void view(String sessionId, SimPeer peer) {
    join(sessionId, "demo", SessionRole.SUBSCRIBER, peer);
  }

  @Override
  public void handleDatagram(
      ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos) {
    PacketProtocol protocol = PacketProtocol.of(buffer, offset, length);
    if (recording != null && protocol == PacketProtocol.RTP) {
      byte[] packet = new byte[length];
      buffer.get(offset, packet);
      recording.add(packet);
      return;
    }
    if (handshakesSilenced && protocol == PacketProtocol.DTLS) {
      return;
    }
    if (reportsSilenced && protocol == PacketProtocol.RTCP) {
      return;
    }
    if (length < 12 || !silenced.contains(Integer.toUnsignedLong(buffer.getInt(offset + 8)))) {
      worker.handleDatagram(buffer, offset, length, source, nowNanos);
      worker.deliver();
    }
  }

  @Override
  public long nextTimeoutNanos() {
    return worker.nextTimeoutNanos();
  }

  @Override
  public void handleTimeout(long nowNanos) {
    worker.handleTimeout(nowNanos);
  }

  @Override
  public void onConnected(String sessionId, String stream, SessionRole role) {
    connected.add(sessionId);
  }

  @Override
  public void onEnded(
      String sessionId,
      String stream,
      SessionRole role,
      EndReason reason,
      String detail,
      Verdict verdict) {
    ended.add(new Ended(sessionId, reason, network.now()));
    verdicts.add(verdict);
  }

  @Override
  public void onFirstFrame(String sessionId, long nanos) {
    firstFrameMillis.put(sessionId, nanos / 1_000_000);
  }

  /// How long viewers have waited for their first frame.
  Map<String, Long> firstFrameMillis() {
    return firstFrameMillis;
  }

  @Override
  public void onOutgrown(String sessionId, String stream) {
    outgrown.add(sessionId);
  }

  /// Sessions whose viewers would get more in a new one.
  List<String> outgrown() {
    return outgrown;
  }

  @Override
  public void onMilestone(String sessionId, Milestone milestone, long nowNanos) {
    milestones.add(sessionId + " " + milestone);
    milestoneNanos.add(nowNanos);
  }

  /// What sessions have come by, such as `publisher CONNECTED`.
  List<String> milestones() {
    return milestones;
  }

  /// When, in the same order.
  List<Long> milestoneNanos() {
    return milestoneNanos;
  }

  @Override
  public void onPullEnded(String pullId) {
    pullsEnded.add(pullId);
  }

  /// The requests to pull a stream that are done with.
  List<String> pullsEnded() {
    return pullsEnded;
  }

  @Override
  public void onStream(StreamReport report) {
    reports.add(report);
  }
}
