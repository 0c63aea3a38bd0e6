package io.wishbone.signaling.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Lets web pages of any origin talk to the endpoints and sessions (WHATWG Fetch). The headers
/// stand on every response, failures included, for a page can read nothing without them. No cookies
/// are used, so that any origin may be let in.
///
/// Runs on an HTTP event loop.
@Singleton
final class CorsHeaders {

  /// Before everything that may answer on its own.
  static final int PRIORITY = 400;

  private static final String EXPOSED =
      "Location, ETag, Link, Accept-Patch, Accept-Post, Retry-After, WWW-Authenticate, Allow,"
          + " Access-Control-Allow-Methods";
  private static final String METHODS = "GET, HEAD, POST, PATCH, DELETE, OPTIONS";

  /// `Authorization` has to be listed by name, `*` does not cover it. `ETag` is sent as a request
  /// header by some players.
  private static final String ALLOWED =
      "Authorization, Content-Type, If-Match, ETag, Link, Accept, Cache-Control, Last-Event-ID";

  private static final String DAY_IN_SECONDS = "86400";

  void register(@Observes Filters filters) {
    filters.register(CorsHeaders::add, PRIORITY);
  }

  private static void add(RoutingContext request) {
    if (Surface.covers(request.normalizedPath())) {
      MultiMap headers = request.response().headers();
      headers.set("Access-Control-Allow-Origin", "*");
      headers.set("Access-Control-Expose-Headers", EXPOSED);
      if (request.request().method().equals(HttpMethod.OPTIONS)) {
        headers.set("Access-Control-Allow-Methods", METHODS);
        headers.set("Access-Control-Allow-Headers", ALLOWED);
        headers.set("Access-Control-Max-Age", DAY_IN_SECONDS);
      }
    }
    request.next();
  }
}
