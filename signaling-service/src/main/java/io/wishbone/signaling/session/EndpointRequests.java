package io.wishbone.signaling.session;

import io.wishbone.control.CloseReason;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.auth.Admission;
import io.wishbone.signaling.auth.Authenticator;
import io.wishbone.signaling.auth.Caller;
import io.wishbone.signaling.http.AllowedMethods;
import io.wishbone.signaling.http.ContentTypes;
import io.wishbone.signaling.http.Preflight;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.signaling.http.RequestBody;
import io.wishbone.signaling.http.SessionUrls;
import io.wishbone.signaling.ice.IceServers;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// What the endpoints of both protocols do alike. The order of checks: who, which type, which body.
@Singleton
public final class EndpointRequests {

  private final Authenticator authenticator;
  private final Admission admission;
  private final SessionEnder ender;
  private final SessionOpener opener;
  private final IceServers iceServers;

  EndpointRequests(
      Authenticator authenticator,
      Admission admission,
      SessionEnder ender,
      SessionOpener opener,
      IceServers iceServers) {
    this.authenticator = authenticator;
    this.admission = admission;
    this.ender = ender;
    this.opener = opener;
    this.iceServers = iceServers;
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
    Caller known = authenticator.caller(authorization);
    StreamName stream = known.stream(role, streamInPath);
    Caller caller = admission.admit(known, role, stream);
    if (!ContentTypes.matches(contentType, ContentTypes.SDP)) {
      throw ProblemException.unsupportedMediaType(
          "an offer is " + ContentTypes.SDP, "Accept-Post", ContentTypes.SDP);
    }
    SessionUrls urls = SessionUrls.at(uri);
    OpenedSession session = opener.open(role, stream, caller, RequestBody.text(body));
    endIfRevoked(session, caller, stream);
    Response.ResponseBuilder response =
        session.validUntil() == null
            ? answer(role, session, urls)
            : CounterOffers.response(session, urls);
    iceServers.addTo(response, caller, stream);
    return response.build();
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
  /// stored, so that one looks for the revocation.
  private void endIfRevoked(OpenedSession session, Caller caller, StreamName stream) {
    try {
      admission.checkRevocations(caller, stream);
    } catch (ProblemException revoked) {
      ender.end(session.id(), CloseReason.OPERATOR);
      throw revoked;
    }
  }

  /// Answers preflights too, so it asks for no token. Whoever shows a valid one, and is no
  /// preflight, is told the STUN and TURN servers (RFC 9725 section 4.6).
  ///
  /// @param streamInPath null when the path names none
  public Response options(SessionRole role, @Nullable String streamInPath, HttpHeaders request) {
    Response.ResponseBuilder response =
        Response.ok()
            .header(HttpHeaders.ALLOW, AllowedMethods.ENDPOINT)
            .header("Accept-Post", ContentTypes.SDP)
            .header("Accept-Patch", ContentTypes.FRAGMENT);
    if (!Preflight.isWithoutLinks(request)) {
      addLinks(response, role, streamInPath, request.getHeaderString(HttpHeaders.AUTHORIZATION));
    }
    return response.build();
  }

  private void addLinks(
      Response.ResponseBuilder response,
      SessionRole role,
      @Nullable String streamInPath,
      @Nullable String authorization) {
    try {
      Caller known = authenticator.caller(authorization);
      StreamName stream = streamInPath == null ? null : known.stream(role, streamInPath);
      Caller caller =
          stream == null ? admission.admit(known) : admission.admit(known, role, stream);
      iceServers.addTo(response, caller, stream);
    } catch (ProblemException _) {
      // A response without links is all that a stranger gets.
    }
  }
}
