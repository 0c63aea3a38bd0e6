package io.wishbone.signaling.session;

import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.auth.Authenticator;
import io.wishbone.signaling.auth.Caller;
import io.wishbone.signaling.http.AllowedMethods;
import io.wishbone.signaling.http.ContentTypes;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.signaling.http.RequestBody;
import io.wishbone.signaling.http.SessionUrls;
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

  EndpointRequests(Authenticator authenticator, SessionOpener opener) {
    this.authenticator = authenticator;
    this.opener = opener;
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
    return Response.created(urls.of(role, session.id()))
        .header(HttpHeaders.ETAG, session.entityTag().toString())
        .header("Accept-Patch", ContentTypes.FRAGMENT)
        .type(ContentTypes.SDP)
        .entity(session.answer())
        .build();
  }

  /// Answers preflights too, so it asks for no token.
  public Response options() {
    return Response.ok()
        .header(HttpHeaders.ALLOW, AllowedMethods.ENDPOINT)
        .header("Accept-Post", ContentTypes.SDP)
        .header("Accept-Patch", ContentTypes.FRAGMENT)
        .build();
  }
}
