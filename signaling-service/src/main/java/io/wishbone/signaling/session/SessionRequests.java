package io.wishbone.signaling.session;

import io.wishbone.control.CloseReason;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.signaling.auth.Authenticator;
import io.wishbone.signaling.auth.Caller;
import io.wishbone.signaling.http.AllowedMethods;
import io.wishbone.signaling.http.ContentTypes;
import io.wishbone.signaling.http.EntityTag;
import io.wishbone.signaling.http.IfMatch;
import io.wishbone.signaling.http.LogLabels;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.signaling.http.RequestBody;
import io.wishbone.signaling.limits.SubjectLimit;
import io.wishbone.signaling.tracing.Traces;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StorePatience;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// What the session URLs of both protocols do alike. The content type is looked at here and not in
/// annotations, for the order of checks matters: who, which session, which type, which
/// precondition, which body.
@Singleton
public final class SessionRequests {

  /// The next request may reach a server of that version.
  private static final int RETRY_AFTER_SECONDS = 2;

  private final Authenticator authenticator;
  private final SessionStore sessions;
  private final IceUpdater iceUpdater;
  private final CounterOffers counterOffers;
  private final SessionEnder ender;
  private final SubjectLimit limit;
  private final Traces traces;

  SessionRequests(
      Authenticator authenticator,
      SessionStore sessions,
      IceUpdater iceUpdater,
      CounterOffers counterOffers,
      SessionEnder ender,
      SubjectLimit limit,
      Traces traces) {
    this.traces = traces;
    this.authenticator = authenticator;
    this.sessions = sessions;
    this.iceUpdater = iceUpdater;
    this.counterOffers = counterOffers;
    this.ender = ender;
    this.limit = limit;
  }

  /// Adds candidates or restarts ICE.
  public Response patch(
      SessionRole role,
      String id,
      @Nullable String authorization,
      @Nullable String contentType,
      IfMatch ifMatch,
      InputStream body) {
    return StorePatience.inRequest(() -> {
      SessionRecord session = find(role, id, authorization);
      return traces.request("PATCH", session, () -> patch(session, contentType, ifMatch, body));
    });
  }

  private Response patch(
      SessionRecord session, @Nullable String contentType, IfMatch ifMatch, InputStream body) {
    LogLabels.set(session.id(), session.stream());
    limit.check(session.subject(), session.key());
    checkIsLiving(session);
    if (session.state() == SessionState.PENDING) {
      checkAnswerType(contentType);
      counterOffers.answer(session, RequestBody.text(body));
      return Response.noContent().build();
    }
    checkContentType(session, contentType);
    checkPrecondition(session, ifMatch);
    return switch (iceUpdater.apply(session, RequestBody.text(body))) {
      case IceUpdate.CandidatesTaken() -> Response.noContent().build();
      case IceUpdate.Restarted(EntityTag tag, String fragment) ->
          Response.ok(fragment, ContentTypes.FRAGMENT)
              .header(HttpHeaders.ETAG, tag.toString())
              .build();
    };
  }

  /// Ends the session. Preconditions are not looked at (RFC 9725 section 4.3.1). A session that has
  /// ended answers the same way: clients close DTLS first, and that ends it too.
  public Response delete(SessionRole role, String id, @Nullable String authorization) {
    return StorePatience.inRequest(() -> {
      SessionRecord session = find(role, id, authorization);
      return traces.request("DELETE", session, () -> delete(session));
    });
  }

  private Response delete(SessionRecord session) {
    LogLabels.set(session.id(), session.stream());
    limit.check(session.subject(), session.key());
    ender.end(session, CloseReason.CLIENT_DELETED);
    return Response.ok().build();
  }

  /// There is such a session, and nothing to be seen of it (RFC 9725 section 4.1).
  public Response get(SessionRole role, String id, @Nullable String authorization) {
    find(role, id, authorization);
    return Response.noContent().build();
  }

  /// Answers preflights too, so it asks for no token and tells nothing of the session.
  public Response options() {
    return Response.ok()
        .header(HttpHeaders.ALLOW, AllowedMethods.SESSION)
        .header("Accept-Patch", ContentTypes.FRAGMENT)
        .header("Accept-Post", ContentTypes.SDP)
        .build();
  }

  /// The session, for what belongs to it.
  ///
  /// @throws ProblemException 404 when there is none, or it is over
  public SessionRecord open(SessionRole role, String id, @Nullable String authorization) {
    SessionRecord session = find(role, id, authorization);
    checkIsLiving(session);
    if (session.state() == SessionState.PENDING) {
      throw ProblemException.conflict("the counter-offer was not answered yet");
    }
    return session;
  }

  /// Passes if the session is open, or will be when the player has answered.
  private static void checkIsLiving(SessionRecord session) {
    switch (session.state()) {
      case OPEN, PENDING -> {}
      case OPENING, ENDED -> throw ProblemException.notFound("the session has ended");
      case UNKNOWN ->
          throw ProblemException.unavailable(
              "the session is served by another version of the server", RETRY_AFTER_SECONDS);
    }
  }

  private SessionRecord find(SessionRole role, String id, @Nullable String authorization) {
    Caller caller = authenticator.callerIfKnown(authorization);
    SessionRecord session = SessionId.isValid(id) ? sessions.find(new SessionId(id)) : null;
    if (session == null || session.role() != role) {
      throw ProblemException.notFound("there is no such session");
    }
    if (caller != null) {
      caller.check(role, session.stream());
    }
    LogLabels.set(session.id(), session.stream());
    return session;
  }

  private static void checkAnswerType(@Nullable String contentType) {
    if (!ContentTypes.matches(contentType, ContentTypes.SDP)) {
      throw ProblemException.unsupportedMediaType(
          "the counter-offer is to be answered, by " + ContentTypes.SDP,
          "Accept-Patch",
          ContentTypes.SDP);
    }
  }

  private static void checkContentType(SessionRecord session, @Nullable String contentType) {
    if (ContentTypes.matches(contentType, ContentTypes.FRAGMENT)) {
      return;
    }
    if (session.role() == SessionRole.SUBSCRIBER
        && ContentTypes.matches(contentType, ContentTypes.SDP)) {
      throw ProblemException.unprocessable(
          "no SDP answer is expected: no counter-offer waits for one");
    }
    throw ProblemException.unsupportedMediaType(
        "a PATCH is " + ContentTypes.FRAGMENT, "Accept-Patch", ContentTypes.FRAGMENT);
  }

  private static void checkPrecondition(SessionRecord session, IfMatch ifMatch) {
    if (ifMatch instanceof IfMatch.Absent) {
      throw ProblemException.preconditionRequired(
          "If-Match is missing: it names the ICE session by its entity-tag");
    }
    if (!ifMatch.matches(new EntityTag(session.entityTag()))) {
      throw ProblemException.preconditionFailed("If-Match names another ICE session");
    }
  }
}
