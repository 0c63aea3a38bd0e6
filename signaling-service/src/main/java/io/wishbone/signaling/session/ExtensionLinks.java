package io.wishbone.signaling.session;

import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.signaling.events.EventKind;
import io.wishbone.signaling.http.SessionUrls;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/// Tells a player in the answer which extensions its session has, a header line each
/// (draft-ietf-wish-whep section 4.10).
final class ExtensionLinks {

  static final String SERVER_SENT_EVENTS = "urn:ietf:params:whep:ext:core:server-sent-events";

  static final String LAYER = "urn:ietf:params:whep:ext:core:layer";

  private ExtensionLinks() {}

  static void addTo(
      Response.ResponseBuilder response, SessionRole role, SessionId id, SessionUrls urls) {
    if (role == SessionRole.SUBSCRIBER) {
      response.header(
          HttpHeaders.LINK,
          "<%s>; rel=\"%s\"; events=\"%s\""
              .formatted(urls.events(id), SERVER_SENT_EVENTS, EventKind.ALL));
      response.header(HttpHeaders.LINK, "<%s>; rel=\"%s\"".formatted(urls.layer(id), LAYER));
    }
  }
}
