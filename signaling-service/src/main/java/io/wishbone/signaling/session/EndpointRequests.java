package io.wishbone.signaling.session;

import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
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
  private final SessionOpener opener;
  private final IceServers iceServers;

  EndpointRequests(Authenticator authenticator, SessionOpener opener, IceServers iceServers) {
    this.authenticator = authenticator;
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
    Caller caller = authenticator.caller(authorization);
    StreamName stream = caller.stream(role, streamInPath);
    if (!ContentTypes.matches(contentType, ContentTypes.SDP)) {
      throw ProblemException.unsupportedMediaType(
          "an offer is " + ContentTypes.SDP, "Accept-Post", ContentTypes.SDP);
    }
    SessionUrls urls = SessionUrls.at(uri);
    OpenedSession session = opener.open(role, stream, caller, RequestBody.text(body));
    Response.ResponseBuilder response =
        Response.created(urls.of(role, session.id()))
            .header(HttpHeaders.ETAG, session.entityTag().toString())
            .header("Accept-Patch", ContentTypes.FRAGMENT)
            .type(ContentTypes.SDP)
            .entity(session.answer());
    iceServers.addTo(response, caller, stream);
    return response.build();
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
      Caller caller = authenticator.caller(authorization);
      StreamName stream = streamInPath == null ? null : caller.stream(role, streamInPath);
      iceServers.addTo(response, caller, stream);
    } catch (ProblemException _) {
      // A response without links is all that a stranger gets.
    }
  }
}
