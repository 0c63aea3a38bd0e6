package io.wishbone.signaling.session;

import io.wishbone.control.CloseReason;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.auth.Admission;
import io.wishbone.signaling.auth.Authenticator;
import io.wishbone.signaling.auth.Caller;
import io.wishbone.signaling.auth.RedirectGrants;
import io.wishbone.signaling.http.AllowedMethods;
import io.wishbone.signaling.http.ContentTypes;
import io.wishbone.signaling.http.FirstRequest;
import io.wishbone.signaling.http.Preflight;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.signaling.http.RedirectTarget;
import io.wishbone.signaling.http.RequestBody;
import io.wishbone.signaling.http.SessionUrls;
import io.wishbone.signaling.ice.IceServers;
import io.wishbone.signaling.limits.SubjectLimit;
import io.wishbone.signaling.region.ClientRegions;
import io.wishbone.signaling.tracing.Traces;
import io.wishbone.store.StorePatience;
import io.wishbone.store.StoreUnavailableException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.net.URI;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the endpoints of both protocols do alike. The order of checks: who, which type, which body.
@Singleton
public final class EndpointRequests {

  private static final int TOO_MANY_REQUESTS = 429;

  private final Authenticator authenticator;
  private final Admission admission;
  private final SessionEnder ender;
  private final SessionOpener opener;
  private final IceServers iceServers;
  private final RedirectGrants grants;
  private final SubjectLimit limit;
  private final ClientRegions regions;
  private final Traces traces;
  private final FirstRequest first;

  EndpointRequests(
      Authenticator authenticator,
      Admission admission,
      SessionEnder ender,
      SessionOpener opener,
      IceServers iceServers,
      RedirectGrants grants,
      SubjectLimit limit,
      ClientRegions regions,
      Traces traces,
      FirstRequest first) {
    this.traces = traces;
    this.first = first;
    this.authenticator = authenticator;
    this.admission = admission;
    this.ender = ender;
    this.opener = opener;
    this.iceServers = iceServers;
    this.grants = grants;
    this.limit = limit;
    this.regions = regions;
  }

  /// Answers an offer.
  ///
  /// @param streamInPath null when the path names none
  public Response post(
      SessionRole role,
      @Nullable String streamInPath,
      @Nullable String authorization,
      @Nullable String contentType,
      InputStream body,
      UriInfo uri) {
    Supplier<Response> answer =
        () ->
            StorePatience.inRequest(
                () -> answer(role, streamInPath, authorization, contentType, body, uri));
    return first.isCurrent() ? answer.get() : traces.request(role, answer);
  }

  private Response answer(
      SessionRole role,
      @Nullable String streamInPath,
      @Nullable String authorization,
      @Nullable String contentType,
      InputStream body,
      UriInfo uri) {
    String grant = uri.getQueryParameters().getFirst(RedirectGrants.PARAMETER);
    Caller sent = grant != null && grants.isUsed() ? sent(grant, authorization) : null;
    Caller known = sent == null ? authenticator.caller(authorization) : sent;
    limit.check(known.subject(), known.key());
    StreamName stream = known.stream(role, streamInPath);
    Caller caller = sent == null ? admit(known, role, stream) : sent;
    if (sent != null) {
      // The operator's program was asked by whoever signed the grant.
      admission.checkRevocations(sent, stream);
    }
    if (!ContentTypes.matches(contentType, ContentTypes.SDP)) {
      throw ProblemException.unsupportedMediaType(
          "an offer is " + ContentTypes.SDP, "Accept-Post", ContentTypes.SDP);
    }
    SessionUrls urls = SessionUrls.at(uri);
    OpenedSession session;
    try {
      boolean mayLeave = grant == null && grants.isUsed();
      session =
          opener.open(role, stream, caller, RequestBody.text(body), regions.current(), mayLeave);
    } catch (ElsewhereException elsewhere) {
      return redirect(elsewhere.base(), role, streamInPath, uri, grants.sign(role, stream, caller));
    }
    endIfRevoked(session, caller, stream);
    Response.ResponseBuilder response =
        session.validUntil() == null
            ? answer(role, session, urls)
            : CounterOffers.response(session, urls);
    iceServers.addTo(response, caller, stream);
    return response.build();
  }

  /// Who was sent here with the grant; null when it does not hold, and `Authorization` says who it
  /// is instead: not every client forgets it on the way.
  ///
  /// @throws ProblemException 401 when the grant is all that there is, and does not hold
  private @Nullable Caller sent(String grant, @Nullable String authorization) {
    try {
      return grants.caller(grant);
    } catch (ProblemException wrong) {
      if (authorization == null) {
        throw wrong;
      }
      return null;
    }
  }

  private Caller admit(Caller known, SessionRole role, StreamName stream) {
    Caller admitted = admission.admit(known, role, stream);
    checkNewSubject(known, admitted);
    return admitted;
  }

  /// The operator's program may have been the first to say who it is.
  private void checkNewSubject(Caller known, Caller admitted) {
    if (!Objects.equals(known.subject(), admitted.subject())) {
      limit.check(admitted.subject(), admitted.key());
    }
  }

  private static Response.ResponseBuilder answer(
      SessionRole role, OpenedSession session, SessionUrls urls) {
    Response.ResponseBuilder response =
        Response.created(urls.of(role, session.id()))
            .header(HttpHeaders.ETAG, session.entityTag().toString())
            .header("Accept-Patch", ContentTypes.FRAGMENT)
            .type(ContentTypes.SDP)
            .entity(session.description());
    ExtensionLinks.addTo(response, role, session.id(), urls);
    return response;
  }

  /// A revocation ends the sessions that it finds. It does not find one that was about to be
  /// stored, so that one looks for the revocation. Where that cannot be found out, the client hears
  /// of a failure, and has no session either.
  private void endIfRevoked(OpenedSession session, Caller caller, StreamName stream) {
    try {
      admission.checkRevocations(caller, stream);
    } catch (ProblemException revoked) {
      ender.end(session.id(), CloseReason.OPERATOR);
      throw revoked;
    } catch (StoreUnavailableException unknown) {
      ender.end(session.id(), CloseReason.ABANDONED);
      throw unknown;
    }
  }

  /// Keeps method and body (RFC 9725 section 4.5). Whoever brings a grant is not sent on.
  private static Response redirect(
      URI base, SessionRole role, @Nullable String streamInPath, UriInfo uri, String grant) {
    return Response.temporaryRedirect(
            RedirectTarget.of(
                base, role, streamInPath, uri.getRequestUri(), RedirectGrants.PARAMETER, grant))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /// Answers preflights too, so it asks for no token. Whoever shows a valid one, and is no
  /// preflight, is told the STUN and TURN servers (RFC 9725 section 4.6).
  ///
  /// @param streamInPath null when the path names none
  /// @throws ProblemException 429 when the token's subject or the key has sent too many requests
  public Response options(SessionRole role, @Nullable String streamInPath, HttpHeaders request) {
    Response.ResponseBuilder response =
        Response.ok()
            .header(HttpHeaders.ALLOW, AllowedMethods.ENDPOINT)
            .header("Accept-Post", ContentTypes.SDP)
            .header("Accept-Patch", ContentTypes.FRAGMENT);
    if (iceServers.isEmpty() || Preflight.isWithoutLinks(request)) {
      return response.build();
    }
    return StorePatience.inRequest(() -> {
      String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
      addLinks(response, role, streamInPath, authorization);
      return response.build();
    });
  }

  private void addLinks(
      Response.ResponseBuilder response,
      SessionRole role,
      @Nullable String streamInPath,
      @Nullable String authorization) {
    try {
      Caller known = authenticator.caller(authorization);
      limit.check(known.subject(), known.key());
      StreamName stream = streamInPath == null ? null : known.stream(role, streamInPath);
      Caller admitted = admission.admitWithoutSession(known, role, stream);
      checkNewSubject(known, admitted);
      iceServers.addTo(response, admitted, stream);
    } catch (ProblemException refused) {
      if (refused.problem().status() == TOO_MANY_REQUESTS) {
        throw refused;
      }
      // A response without links is all that a stranger gets.
    } catch (StoreUnavailableException _) {
      // And whoever comes while nobody can say what is revoked.
    }
  }
}
