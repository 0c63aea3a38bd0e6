package io.wishbone.signaling.session;

import io.wishbone.control.CloseReason;
import io.wishbone.control.CounterOffered;
import io.wishbone.control.NodeId;
import io.wishbone.control.OpenSession;
import io.wishbone.control.Refusal;
import io.wishbone.control.Refused;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionOpened;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.auth.Caller;
import io.wishbone.signaling.dispatch.Dispatcher;
import io.wishbone.signaling.dispatch.Refusals;
import io.wishbone.signaling.http.EntityTag;
import io.wishbone.signaling.http.LogLabels;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.signaling.placement.NodeSelector;
import io.wishbone.signaling.placement.Placement;
import io.wishbone.signaling.placement.PlacementRequest;
import io.wishbone.signaling.region.ClientPlace;
import io.wishbone.signaling.region.RegionRedirects;
import io.wishbone.signaling.relay.Attachment;
import io.wishbone.signaling.relay.Relays;
import io.wishbone.signaling.tracing.Traces;
import io.wishbone.store.DetourStore;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamRecord;
import io.wishbone.store.StreamStore;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Opens sessions: finds a node, notes who publishes, lets the node answer.
///
/// The session is stored before the node hears of it, so that whatever the node reports meanwhile
/// finds it; it is open once the node has answered. A publisher that is to be replaced keeps the
/// stream until then: a bad offer must not end a good stream. It is ended when the new one is open,
/// and not before: when that fails, it publishes on.
@Singleton
public final class SessionOpener {

  private static final Logger LOG = Logger.getLogger(SessionOpener.class);
  private static final int RETRY_AFTER_SECONDS = 2;

  private final SessionStore sessions;
  private final StreamStore streams;
  private final UnopenedSessions unopened;
  private final PublisherClaims claims;
  private final PublisherArrivals arrivals;
  private final CounterOffers counterOffers;
  private final NodeSelector selector;
  private final Dispatcher dispatcher;
  private final DetourStore detours;
  private final Relays relays;
  private final PublisherSuccession succession;
  private final RegionRedirects regions;
  private final Traces traces;
  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock = InstantSource.system();

  SessionOpener(
      SessionStore sessions,
      StreamStore streams,
      UnopenedSessions unopened,
      PublisherClaims claims,
      PublisherArrivals arrivals,
      CounterOffers counterOffers,
      NodeSelector selector,
      Dispatcher dispatcher,
      DetourStore detours,
      Relays relays,
      PublisherSuccession succession,
      RegionRedirects regions,
      Traces traces) {
    this.traces = traces;
    this.sessions = sessions;
    this.streams = streams;
    this.unopened = unopened;
    this.claims = claims;
    this.arrivals = arrivals;
    this.counterOffers = counterOffers;
    this.selector = selector;
    this.dispatcher = dispatcher;
    this.detours = detours;
    this.relays = relays;
    this.succession = succession;
    this.regions = regions;
  }

  /// A session that somebody wants.
  ///
  /// @param origin the node that has the stream; null when nobody publishes it
  private record Wish(
      SessionRole role,
      StreamName stream,
      Caller caller,
      Offer offer,
      @Nullable NodeId origin,
      @Nullable String clientAddress) {}

  /// Opens a session and returns the node's answer.
  ///
  /// @param place where the client is
  /// @param mayLeave whether the client may be sent to another region or cluster
  /// @throws ProblemException when the session cannot be opened
  /// @throws ElsewhereException when another region or cluster is to open it
  public OpenedSession open(
      SessionRole role,
      StreamName stream,
      Caller caller,
      String offerText,
      ClientPlace place,
      boolean mayLeave) {
    Offer offer = Offer.parse(offerText, role);
    URI nearer = mayLeave ? regions.base(place) : null;
    if (nearer != null) {
      throw new ElsewhereException(nearer);
    }
    StreamRecord published = published(role, stream, mayLeave);
    NodeId origin = published == null ? null : published.node();
    // A player finds nothing elsewhere of what is published here, and a publisher who left would
    // publish the stream twice.
    boolean isFree =
        role == SessionRole.PUBLISHER && (published == null || claims.isLeftOver(published));
    Wish wish = new Wish(role, stream, caller, offer, origin, place.address());
    Map<NodeId, Refused> refusals = new LinkedHashMap<>();
    while (true) {
      NodeId node =
          node(
              new PlacementRequest(
                  stream,
                  role,
                  origin,
                  refusals.keySet(),
                  mayLeave && isFree,
                  place.region(),
                  place.zone()),
              refusals);
      OpenedSession opened = null;
      try {
        opened = openAt(node, wish, refusals);
        if (opened != null) {
          return opened;
        }
      } finally {
        if (opened == null) {
          selector.giveBack(node);
        }
      }
    }
  }

  /// Returns null when another node might open the session.
  private @Nullable OpenedSession openAt(NodeId node, Wish wish, Map<NodeId, Refused> refusals) {
    SessionRecord session = session(node, wish);
    LogLabels.set(session.id(), session.stream());
    traces.label(session.id(), session.stream());
    sessions.add(session);
    StreamRecord replaced = wish.role() == SessionRole.PUBLISHER ? claim(session) : null;
    Attachment attachment = attach(session, wish.origin());
    return switch (ask(session, wish, replaced, attachment)) {
      case SessionOpened opened -> orGiveUp(session, () -> opened(session, opened, replaced));
      case CounterOffered offered ->
          orGiveUp(session, () -> counterOffers.pending(session, offered));
      case Refused refused -> {
        forget(session);
        if (attachment != null) {
          relays.detach(wish.stream(), attachment);
        }
        refusals.put(node, refused);
        if (!Refusals.isAboutTheNode(refused, attachment != null)) {
          throw Refusals.problem(refused);
        }
        yield null;
      }
      case Reply other -> {
        forget(session);
        throw new IllegalStateException("not an answer to an offer: " + other.getClass());
      }
    };
  }

  /// What the node has opened does not stay when it cannot be noted: the client hears of a failure,
  /// and nobody would ever end it.
  private OpenedSession orGiveUp(SessionRecord session, Supplier<OpenedSession> noted) {
    try {
      return noted.get();
    } catch (RuntimeException failure) {
      giveUp(session);
      throw failure;
    }
  }

  /// The node has opened it, or may have.
  private void giveUp(SessionRecord session) {
    var _ = dispatcher.abandon(session.node(), session.id(), CloseReason.ABANDONED);
    forget(session);
  }

  private NodeId node(PlacementRequest request, Map<NodeId, Refused> refusals) {
    return switch (selector.select(request)) {
      case Placement.AtNode(NodeId node) -> node;
      case Placement.Elsewhere(URI base) -> {
        detours.add(request.stream(), base);
        throw new ElsewhereException(base);
      }
      case Placement.NoRoom(Duration retryAfter) ->
          throw ProblemException.unavailable(
              refusals.isEmpty()
                  ? "no media node can take the session"
                  : refusals.values().iterator().next().detail(),
              retryAfter);
    };
  }

  private @Nullable StreamRecord published(SessionRole role, StreamName stream, boolean mayLeave) {
    if (role == SessionRole.PUBLISHER) {
      return streams.find(stream);
    }
    StreamRecord published = claims.publisher(stream);
    if (published != null) {
      return published;
    }
    URI elsewhere = mayLeave ? detours.find(stream) : null;
    if (elsewhere != null) {
      throw new ElsewhereException(elsewhere);
    }
    published = arrivals.await(stream);
    if (published == null) {
      throw ProblemException.conflict(
          "stream " + stream + " has no publisher now", RETRY_AFTER_SECONDS);
    }
    return published;
  }

  private SessionRecord session(NodeId node, Wish wish) {
    return new SessionRecord(
        SessionId.generate(random),
        wish.stream(),
        wish.role(),
        node,
        SessionState.OPENING,
        EntityTag.generate(random).opaque(),
        wish.offer().remoteIce(),
        null,
        wish.caller().subject(),
        wish.caller().key(),
        traces.current(),
        clock.instant());
  }

  /// Notes that the node is to have the stream from another one.
  ///
  /// @return null when it has it from the publisher, or is about to
  private @Nullable Attachment attach(SessionRecord session, @Nullable NodeId origin) {
    if (session.role() == SessionRole.PUBLISHER
        || origin == null
        || origin.equals(session.node())) {
      return null;
    }
    try {
      return relays.attach(session.stream(), origin, session.node());
    } catch (RuntimeException failure) {
      forget(session);
      throw failure;
    }
  }

  private Reply ask(
      SessionRecord session,
      Wish wish,
      @Nullable StreamRecord replaced,
      @Nullable Attachment attachment) {
    try {
      return dispatcher.send(
          session.node(),
          new OpenSession(
              session.id(),
              session.stream(),
              session.role(),
              wish.offer().text(),
              replaced == null ? null : replaced.publisher(),
              wish.caller().lifetime(),
              session.role() == SessionRole.SUBSCRIBER ? counterOffers.validity() : null,
              attachment == null ? null : attachment.parent(),
              wish.clientAddress()));
    } catch (RuntimeException failure) {
      giveUp(session);
      if (dispatcher.isSilent(session.node())) {
        return new Refused(session.id(), Refusal.NODE_DRAINING, "the media node does not reply");
      }
      throw failure;
    }
  }

  /// Who publishes the stream and may be replaced; null when it was free and is now the session's.
  private @Nullable StreamRecord claim(SessionRecord session) {
    try {
      return claims.claim(StreamRecord.of(session));
    } catch (RuntimeException failure) {
      forget(session);
      throw failure;
    }
  }

  private static SessionRecord open(SessionRecord session, String answer) {
    return session
        .withState(SessionState.OPEN)
        .withVideoSection(AnsweredSections.videoSection(answer));
  }

  private OpenedSession opened(
      SessionRecord session, SessionOpened opened, @Nullable StreamRecord replaced) {
    if (replaced != null) {
      claims.takeOver(replaced, StreamRecord.of(session));
    }
    // Also when another publisher was faster: see PublisherClaims.
    if (!sessions.replace(session, open(session, opened.answer()))) {
      throw ProblemException.conflict("the session was ended while it was opened");
    }
    if (session.role() == SessionRole.PUBLISHER) {
      succession.follow(session, replaced);
    }
    LOG.infof(
        "%s of stream %s was opened on node %s", session.role(), session.stream(), session.node());
    return new OpenedSession(
        session.id(), new EntityTag(session.entityTag()), opened.answer(), null);
  }

  /// If the store is away, the session is forgotten by itself soon, and with it the claim. Whoever
  /// it was to replace gets the stream back when its node names it.
  private void forget(SessionRecord session) {
    unopened.forget(session);
  }
}
