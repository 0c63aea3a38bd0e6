package io.wishbone.signaling.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Refuses a body that announces too many bytes before any of it is read.
///
/// Runs on an HTTP event loop.
@Singleton
final class RequestLimits {

  private static final int PRIORITY = RequestTarget.PRIORITY - 10;

  void register(@Observes Filters filters) {
    filters.register(RequestLimits::check, PRIORITY);
  }

  private static void check(RoutingContext routing) {
    if (Surface.covers(routing.normalizedPath())
        && contentLength(routing.request()) > RequestBody.MAX_BYTES) {
      EarlyRefusal.refuse(routing, RequestBody.tooLarge());
    } else {
      routing.next();
    }
  }

  private static long contentLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null) {
      return 0;
    }
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException _) {
      return Long.MAX_VALUE;
    }
  }
}
