package io.wishbone.signaling.http;

import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Session URLs. Absolute, for clients resolve a relative one against whatever they think is the
/// base, and without a query, which some of them lose.
public final class SessionUrls {

  private final URI base;

  private SessionUrls(URI base) {
    this.base = base;
  }

  /// Takes the server's address from the request, or from what a proxy says of it.
  ///
  /// @throws ProblemException 400 when that makes no URL
  public static SessionUrls at(UriInfo request) {
    URI base = base(request);
    if (base == null || !isUsable(base)) {
      // Host itself was looked at when the request came in.
      throw ProblemException.malformed(
          "X-Forwarded-Proto, X-Forwarded-Host, X-Forwarded-Port and X-Forwarded-Prefix make no"
              + " URL");
    }
    return new SessionUrls(base);
  }

  public URI of(SessionRole role, SessionId id) {
    return UriBuilder.fromUri(base).path(protocol(role)).path("resource").path(id.value()).build();
  }

  /// Where event streams of a session are made.
  public URI events(SessionId id) {
    return UriBuilder.fromUri(of(SessionRole.SUBSCRIBER, id)).path("events").build();
  }

  public URI eventStream(SessionId id, String eventStream) {
    return UriBuilder.fromUri(events(id)).path(eventStream).build();
  }

  /// Where the quality of the picture is chosen.
  public URI layer(SessionId id) {
    return UriBuilder.fromUri(of(SessionRole.SUBSCRIBER, id)).path("layer").build();
  }

  private static @Nullable URI base(UriInfo request) {
    try {
      return request.getBaseUriBuilder().replaceQuery(null).build();
    } catch (RuntimeException _) {
      // The framework declares nothing, and wraps whatever it meets.
      return null;
    }
  }

  private static boolean isUsable(URI base) {
    String authority = base.getRawAuthority();
    return ("http".equals(base.getScheme()) || "https".equals(base.getScheme()))
        && authority != null
        && Authority.isValid(authority);
  }

  private static String protocol(SessionRole role) {
    return switch (role) {
      case PUBLISHER -> "whip";
      case SUBSCRIBER -> "whep";
    };
  }
}
