package io.wishbone.signaling.http;

import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;

/// Session URLs. Absolute, for clients resolve a relative one against whatever they think is the
/// base, and without a query, which some of them lose.
public final class SessionUrls {

  private SessionUrls() {}

  public static URI of(UriInfo request, SessionRole role, SessionId id) {
    return request
        .getBaseUriBuilder()
        .replaceQuery(null)
        .path(protocol(role))
        .path("resource")
        .path(id.value())
        .build();
  }

  private static String protocol(SessionRole role) {
    return switch (role) {
      case PUBLISHER -> "whip";
      case SUBSCRIBER -> "whep";
    };
  }
}
