package io.wishbone.signaling.session;

import io.wishbone.control.CloseReason;
import io.wishbone.control.CounterOffered;
import io.wishbone.control.NodeId;
import io.wishbone.control.OpenSession;
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
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.signaling.placement.NodeSelector;
import io.wishbone.signaling.placement.Placement;
import io.wishbone.signaling.placement.PlacementRequest;
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
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Opens sessions: finds a node, notes who publishes, lets the node answer.
///
/// The session is stored before the node hears of it, so that whatever the node reports meanwhile
/// finds it; it is open once the node has answered. A publisher that is to be replaced keeps the
/// stream until then: a bad offer must not end a good stream.
@Singleton
public final class SessionOpener {

  private static final Logger LOG = Logger.getLogger(SessionOpener.class);
  private static final int RETRY_AFTER_SECONDS = 2;

  private final SessionStore sessions;
  private final StreamStore streams;
  private final PublisherClaims claims;
  private final PublisherArrivals arrivals;
  private final CounterOffers counterOffers;
  private final NodeSelector selector;
  private final Dispatcher dispatcher;
  private final DetourStore detours;
  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock = InstantSource.system();

  SessionOpener(
      SessionStore sessions,
      StreamStore streams,
      PublisherClaims claims,
      PublisherArrivals arrivals,
      CounterOffers counterOffers,
      NodeSelector selector,
      Dispatcher dispatcher,
      DetourStore detours) {
    this.sessions = sessions;
    this.streams = streams;
    this.claims = claims;
    this.arrivals = arrivals;
    this.counterOffers = counterOffers;
    this.selector = selector;
    this.dispatcher = dispatcher;
    this.detours = detours;
  }

  /// Opens a session and returns the node's answer.
  ///
  /// @param mayLeave whether the client may be sent to another cluster
  /// @throws ProblemException when the session cannot be opened
  /// @throws ElsewhereException when another cluster is to open it
  public OpenedSession open(
      SessionRole role, StreamName stream, Caller caller, String offerText, boolean mayLeave) {
    Offer offer = Offer.parse(offerText, role);
    StreamRecord published = published(role, stream, mayLeave);
    NodeId origin = published == null ? null : published.node();
    // A player finds nothing elsewhere of what is published here, and a publisher who left would
    // publish the stream twice.
    boolean isFree =
        role == SessionRole.PUBLISHER && (published == null || claims.isLeftOver(published));
    Map<NodeId, Refused> refusals = new LinkedHashMap<>();
    while (true) {
      NodeId node =
          node(
              new PlacementRequest(stream, role, origin, refusals.keySet(), mayLeave && isFree),
              refusals);
      OpenedSession opened = null;
      try {
        opened = openAt(node, role, stream, caller, offer, refusals);
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
  private @Nullable OpenedSession openAt(
      NodeId node,
      SessionRole role,
      StreamName stream,
      Caller caller,
      Offer offer,
      Map<NodeId, Refused> refusals) {
    SessionRecord session = session(role, stream, node, caller, offer);
    sessions.add(session);
    StreamRecord replaced = role == SessionRole.PUBLISHER ? claim(session) : null;
    return switch (ask(session, offer, replaced, caller)) {
      case SessionOpened opened -> {
        if (replaced != null) {
          takeOver(replaced, session);
        }
        yield opened(session, opened);
      }
      case CounterOffered offered -> counterOffers.pending(session, offered);
      case Refused refused -> {
        forget(session);
        refusals.put(node, refused);
        if (!isAboutTheNode(refused)) {
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

  private SessionRecord session(
      SessionRole role, StreamName stream, NodeId node, Caller caller, Offer offer) {
    return new SessionRecord(
        SessionId.generate(random),
        stream,
        role,
        node,
        SessionState.OPENING,
        EntityTag.generate(random).opaque(),
        offer.remoteIce(),
        null,
        caller.subject(),
        caller.key(),
        clock.instant());
  }

  private Reply ask(
      SessionRecord session, Offer offer, @Nullable StreamRecord replaced, Caller caller) {
    try {
      return dispatcher.send(
          session.node(),
          new OpenSession(
              session.id(),
              session.stream(),
              session.role(),
              offer.text(),
              replaced == null ? null : replaced.publisher(),
              caller.lifetime(),
              session.role() == SessionRole.SUBSCRIBER ? counterOffers.validity() : null));
    } catch (RuntimeException failure) {
      forget(session);
      // The node may have opened it all the same.
      dispatcher.abandon(session.node(), session.id(), CloseReason.ABANDONED);
      throw failure;
    }
  }

  /// Who publishes the stream and may be replaced; null when it was free and is now the session's.
  private @Nullable StreamRecord claim(SessionRecord session) {
    try {
      return claims.claim(publishing(session));
    } catch (RuntimeException failure) {
      forget(session);
      throw failure;
    }
  }

  private static StreamRecord publishing(SessionRecord session) {
    return new StreamRecord(
        session.stream(),
        session.id(),
        session.node(),
        session.subject(),
        session.key(),
        session.createdAt());
  }

  /// The node has accepted the session, and ended the replaced one if it was there.
  private void takeOver(StreamRecord replaced, SessionRecord session) {
    try {
      claims.takeOver(replaced, publishing(session));
    } catch (RuntimeException failure) {
      dispatcher.abandon(session.node(), session.id(), CloseReason.ABANDONED);
      forget(session);
      throw failure;
    }
    LOG.infof("The publisher of stream %s is replaced", replaced.stream());
    sessions.end(replaced.publisher());
    if (!replaced.node().equals(session.node())) {
      dispatcher.abandon(replaced.node(), replaced.publisher(), CloseReason.REPLACED);
    }
  }

  private static SessionRecord open(SessionRecord session, String answer) {
    return session
        .withState(SessionState.OPEN)
        .withVideoSection(AnsweredSections.videoSection(answer));
  }

  private OpenedSession opened(SessionRecord session, SessionOpened opened) {
    // Also when another publisher was faster: see PublisherClaims.
    if (!sessions.replace(session, open(session, opened.answer()))) {
      dispatcher.abandon(session.node(), session.id(), CloseReason.ABANDONED);
      forget(session);
      throw ProblemException.conflict("the session was ended while it was opened");
    }
    if (session.role() == SessionRole.PUBLISHER) {
      detours.remove(session.stream());
    }
    LOG.infof(
        "%s of stream %s was opened on node %s", session.role(), session.stream(), session.node());
    return new OpenedSession(
        session.id(), new EntityTag(session.entityTag()), opened.answer(), null);
  }

  private void forget(SessionRecord session) {
    sessions.remove(session.id());
    if (session.role() == SessionRole.PUBLISHER) {
      streams.free(session.stream(), session.id());
    }
  }

  private static boolean isAboutTheNode(Refused refused) {
    return switch (refused.reason()) {
      case NODE_FULL, NODE_DRAINING -> true;
      case MALFORMED_OFFER,
          UNSUPPORTED_OFFER,
          CODEC_MISMATCH,
          LAYER_UNKNOWN,
          STREAM_ABSENT,
          STREAM_TAKEN,
          STREAM_FULL,
          SESSION_UNKNOWN,
          INTERNAL ->
          false;
    };
  }
}
