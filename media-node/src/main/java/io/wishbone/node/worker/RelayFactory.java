package io.wishbone.node.worker;

import io.wishbone.node.negotiation.LocalSources;
import io.wishbone.node.negotiation.LocalTransport;
import io.wishbone.node.negotiation.NegotiatedPeer;
import io.wishbone.node.negotiation.Negotiation;
import io.wishbone.node.relay.RelayAnswer;
import io.wishbone.node.relay.RelayDescription;
import io.wishbone.node.relay.RelayOffer;
import io.wishbone.node.relay.RelayRejectedException;
import io.wishbone.node.relay.RelaySink;
import io.wishbone.node.relay.RelayedEncoding;
import io.wishbone.node.relay.RelayedTrack;
import io.wishbone.node.session.PublisherSession;
import io.wishbone.node.session.SessionListener;
import io.wishbone.node.session.SessionParts;
import io.wishbone.webrtc.ice.ControllingAgent;
import io.wishbone.webrtc.ice.IceAgent;
import io.wishbone.webrtc.ice.IceCredentialsGenerator;
import io.wishbone.webrtc.ice.IceLiteAgent;
import io.wishbone.webrtc.sdp.IceCandidate;
import io.wishbone.webrtc.sdp.IceCredentials;
import io.wishbone.webrtc.sdp.Origin;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.transport.PeerTransport;
import io.wishbone.webrtc.transport.TransportParts;
import java.util.ArrayList;
import java.util.List;

/// Makes the sessions of relays, at both ends.
final class RelayFactory {
  private static final int RELAY_ID_WORDS = 3;

  private static final SessionDescription NO_ANSWER =
      SessionDescription.of(Origin.of(0), List.of(), List.of());

  private final TransportParts transportParts;
  private final SessionParts sessionParts;
  private final RelayParts relayParts;

  RelayFactory(TransportParts transportParts, SessionParts sessionParts, RelayParts relayParts) {
    this.transportParts = transportParts;
    this.sessionParts = sessionParts;
    this.relayParts = relayParts;
  }

  IceCredentials newCredentials() {
    return IceCredentialsGenerator.generate(sessionParts.random());
  }

  /// A name for a relay that nobody has named.
  String newRelayId() {
    var id = new StringBuilder();
    for (int i = 0; i < RELAY_ID_WORDS; i++) {
      id.append("%016x".formatted(sessionParts.random().nextLong()));
    }
    return id.toString();
  }

  /// The edge's offer.
  String offer(IceCredentials credentials) {
    return RelayOffer.write(describe(credentials, false, List.of()));
  }

  /// The edge's end: its answer has come.
  ///
  /// @param credentials those of the offer
  WorkerSession upstream(
      MediaWorker worker,
      String relayId,
      StreamRoom room,
      IceCredentials credentials,
      RelayAnswer answer,
      long nowNanos) {
    var session = new WorkerSession(worker, relayId, SessionRole.UPSTREAM, room, nowNanos);
    RelaySocket socket =
        relayParts
            .sockets()
            .open((buffer, offset, length, from, now) ->
                worker.handleRelayDatagram(session, buffer, offset, length, from, now));
    var agent =
        new ControllingAgent(
            credentials, answer.peer().iceCredentials(), sessionParts.random(), nowNanos);
    answer.candidates().forEach(candidate -> agent.addRemoteCandidate(candidate, nowNanos));
    PeerTransport transport = transport(worker, session, agent, answer.peer(), socket);
    var negotiation = new Negotiation(NO_ANSWER, answer.peer(), answer.tracks());
    var source =
        new PublisherSession(
            transport,
            negotiation,
            room.stream(),
            sessionParts,
            relayParts.node(),
            SessionListener.NONE);
    List<RelayedTrack> tracks = answer.description().tracks();
    for (int section = 0; section < tracks.size(); section++) {
      for (RelayedEncoding encoding : tracks.get(section).encodings()) {
        transport.expectRtp(encoding.ssrc(), encoding.packetIndex());
        source.expect(section, encoding.ssrc(), encoding.rid(), encoding.packetIndex(), nowNanos);
      }
    }
    session.begin(transport, source, "");
    session.own(socket);
    return session;
  }

  /// The parent's end.
  ///
  /// @throws RelayRejectedException when the offer is none of an edge
  WorkerSession downstream(MediaWorker worker, RelayRequest request, StreamRoom room, long nowNanos)
      throws RelayRejectedException {
    NegotiatedPeer peer = RelayOffer.read(request.offer());
    var agent = new IceLiteAgent(newCredentials());
    LocalTransport local = describe(agent.localCredentials(), true, relayParts.candidates());
    var session =
        new WorkerSession(worker, request.relayId(), SessionRole.DOWNSTREAM, room, nowNanos);
    PeerTransport transport =
        new PeerTransport(
            agent, peer.dtlsRole(), peer.fingerprints(), parts(worker, session), session);
    var sink =
        new RelaySink(
            transport,
            room.stream(),
            room.stream().tracks(),
            transportParts.outbox(),
            local.sources().firstSsrc(),
            local.sources().canonicalName());
    List<String> path = new ArrayList<>(room.path());
    path.add(relayParts.node());
    var description = RelayDescription.of(path, room.negotiatedTracks(), room.stream().tracks());
    session.begin(transport, sink, RelayAnswer.write(description, local));
    return session;
  }

  private PeerTransport transport(
      MediaWorker worker,
      WorkerSession session,
      IceAgent agent,
      NegotiatedPeer peer,
      RelaySocket socket) {
    return new PeerTransport(
        agent,
        peer.dtlsRole(),
        peer.fingerprints(),
        parts(worker, session).with(socket.outbox()),
        session);
  }

  private TransportParts parts(MediaWorker worker, WorkerSession session) {
    return transportParts.with(new SessionOffload(transportParts.offload(), worker, session));
  }

  private LocalTransport describe(
      IceCredentials credentials, boolean lite, List<IceCandidate> candidates) {
    var sources =
        new LocalSources(
            sessionParts.random().nextLong(1, LocalSources.MAX_FIRST_SSRC),
            Long.toHexString(sessionParts.random().nextLong()));
    return new LocalTransport(
        sessionParts.random().nextLong(1, Long.MAX_VALUE),
        credentials,
        transportParts.identity().fingerprint(),
        lite,
        candidates,
        sources);
  }
}
