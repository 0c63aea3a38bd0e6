package io.wishbone.signaling.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Closes connections whose client was answered and goes on sending the body. What it sends is
/// thrown away for a moment, for a connection that is closed while bytes wait to be read is reset,
/// and the client may lose the response (RFC 9112 section 9.6).
///
/// Runs on an HTTP event loop.
@Singleton
final class UnreadBodies {

  private static final int PRIORITY = CorsHeaders.PRIORITY + 10;
  private static final long PATIENCE_MILLIS = 1000;

  void register(@Observes Filters filters) {
    filters.register(UnreadBodies::watch, PRIORITY);
  }

  private static void watch(RoutingContext routing) {
    if (routing.request().version() == HttpVersion.HTTP_2) {
      // A stream costs little, and ends with its response. The header is forbidden there (RFC 9113
      // section 8.2.2), and clients refuse the whole response for it.
      routing.addHeadersEndHandler(
          _ -> routing.response().headers().remove(HttpHeaders.CONNECTION));
      routing.next();
      return;
    }
    Context eventLoop = routing.vertx().getOrCreateContext();
    routing.addEndHandler(_ -> eventLoop.runOnContext(_ -> finish(routing)));
    routing.next();
  }

  private static void finish(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    boolean isLast = routing.response().headers().contains(HttpHeaders.CONNECTION, "close", true);
    if (!request.isEnded()) {
      request.handler(_ -> {});
      request.resume();
    }
    if (request.isEnded()) {
      if (isLast) {
        request.connection().close();
      }
      return;
    }
    routing
        .vertx()
        .setTimer(
            PATIENCE_MILLIS,
            _ -> {
              if (isLast || !request.isEnded()) {
                request.connection().close();
              }
            });
  }
}
