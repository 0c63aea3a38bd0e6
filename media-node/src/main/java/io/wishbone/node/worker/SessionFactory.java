package io.wishbone.node.worker;

import io.wishbone.node.negotiation.CounterAnswer;
import io.wishbone.node.negotiation.CounterOffer;
import io.wishbone.node.negotiation.LocalSources;
import io.wishbone.node.negotiation.LocalTransport;
import io.wishbone.node.negotiation.MissedMedia;
import io.wishbone.node.negotiation.Negotiation;
import io.wishbone.node.negotiation.OfferRefusedException;
import io.wishbone.node.negotiation.PublisherAnswerer;
import io.wishbone.node.negotiation.SubscriberAnswerer;
import io.wishbone.node.negotiation.SubscriberOfferer;
import io.wishbone.node.session.PeerSession;
import io.wishbone.node.session.PublisherSession;
import io.wishbone.node.session.SessionParts;
import io.wishbone.node.session.SubscriberSession;
import io.wishbone.node.stream.MediaStream;
import io.wishbone.webrtc.ice.IceAgent;
import io.wishbone.webrtc.ice.IceCredentialsGenerator;
import io.wishbone.webrtc.ice.IceLiteAgent;
import io.wishbone.webrtc.sdp.MediaDescription;
import io.wishbone.webrtc.sdp.MediaTag;
import io.wishbone.webrtc.sdp.SessionDescription;
import io.wishbone.webrtc.transport.PeerTransport;
import io.wishbone.webrtc.transport.TransportParts;

/// Makes sessions out of offers. The one place that knows which kind of ICE agent sessions have.
final class SessionFactory {
  private final WorkerConfiguration configuration;
  private final TransportParts transportParts;
  private final SessionParts sessionParts;
  private final PublisherAnswerer publishers;

  SessionFactory(
      WorkerConfiguration configuration, TransportParts transportParts, SessionParts sessionParts) {
    this.configuration = configuration;
    this.transportParts = transportParts;
    this.sessionParts = sessionParts;
    this.publishers = new PublisherAnswerer(configuration.audio(), configuration.video());
  }

  /// Answers the offer and makes the session; nothing of it is known to anybody else yet.
  WorkerSession make(MediaWorker worker, OpenRequest request, StreamRoom room, long nowNanos)
      throws OfferRefusedException {
    IceAgent ice = newAgent();
    LocalTransport local = describe(ice);
    Negotiation negotiation = negotiate(request, room, local);
    return make(worker, request, room, ice, local, negotiation, nowNanos);
  }

  /// Offers the viewer what the stream has, because its own offer is refused.
  ///
  /// @throws OfferRefusedException the refusal, when there is nothing to offer
  PendingOffer counterOffer(
      OpenRequest request, StreamRoom room, OfferRefusedException refusal, long nowNanos)
      throws OfferRefusedException {
    IceAgent ice = newAgent();
    LocalTransport local = describe(ice);
    CounterOffer offer =
        SubscriberOfferer.offer(request.offer(), room.negotiatedTracks(), local, refusal);
    return new PendingOffer(request, ice, local, offer, nowNanos + request.counterOfferNanos());
  }

  /// Makes the session that an answer to an offer of ours has agreed on.
  WorkerSession accept(
      MediaWorker worker,
      PendingOffer pending,
      SessionDescription answer,
      StreamRoom room,
      long nowNanos)
      throws OfferRefusedException {
    Negotiation negotiation = CounterAnswer.read(answer, pending.offer(), pending.local());
    return make(
        worker, pending.request(), room, pending.ice(), pending.local(), negotiation, nowNanos);
  }

  private WorkerSession make(
      MediaWorker worker,
      OpenRequest request,
      StreamRoom room,
      IceAgent ice,
      LocalTransport local,
      Negotiation negotiation,
      long nowNanos) {
    SessionDescription answer = negotiation.answer();
    var session = new WorkerSession(worker, request, room, tag(answer), nowNanos);
    var transport =
        new PeerTransport(
            ice,
            negotiation.peer().dtlsRole(),
            negotiation.peer().fingerprints(),
            transportParts.with(new SessionOffload(transportParts.offload(), worker, session)),
            session);
    String canonicalName = local.sources().canonicalName();
    MediaStream stream = room.stream();
    PeerSession peer =
        switch (request.role()) {
          case PUBLISHER ->
              new PublisherSession(
                  transport, negotiation, stream, sessionParts, canonicalName, session);
          case SUBSCRIBER ->
              new SubscriberSession(
                  transport, negotiation, stream, sessionParts, canonicalName, session);
          case UPSTREAM, DOWNSTREAM ->
              throw new IllegalArgumentException("relays come from a factory of their own");
        };
    session.begin(transport, peer, answer.write());
    if (request.role() == SessionRole.SUBSCRIBER) {
      session.missing(MissedMedia.of(request.offer(), room.negotiatedTracks()));
    }
    return session;
  }

  private IceAgent newAgent() {
    return new IceLiteAgent(IceCredentialsGenerator.generate(sessionParts.random()));
  }

  private Negotiation negotiate(OpenRequest request, StreamRoom room, LocalTransport local)
      throws OfferRefusedException {
    return switch (request.role()) {
      case PUBLISHER -> publishers.answer(request.offer(), local);
      case SUBSCRIBER -> SubscriberAnswerer.answer(request.offer(), room.negotiatedTracks(), local);
      case UPSTREAM, DOWNSTREAM ->
          throw new IllegalArgumentException("relays come from a factory of their own");
    };
  }

  private LocalTransport describe(IceAgent ice) {
    var sources =
        new LocalSources(
            sessionParts.random().nextLong(1, LocalSources.MAX_FIRST_SSRC),
            Long.toHexString(sessionParts.random().nextLong()));
    return new LocalTransport(
        sessionParts.random().nextLong(1, Long.MAX_VALUE),
        ice.localCredentials(),
        transportParts.identity().fingerprint(),
        ice.isLite(),
        configuration.candidates(),
        sources);
  }

  /// The first section that was taken: all others share its transport.
  private static MediaTag tag(SessionDescription answer) {
    for (MediaDescription section : answer.media()) {
      if (!section.isRejected()) {
        return new MediaTag(section.kindText(), section.mid());
      }
    }
    throw new IllegalStateException("an answer takes one section at least");
  }
}
