package io.wishbone.signaling.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Refuses a body that announces too many bytes before it is read, and ends a request whose body
/// does not arrive in time.
///
/// Runs on an HTTP event loop.
@Singleton
final class RequestLimits {

  private static final int PRIORITY = CorsHeaders.PRIORITY - 10;
  private static final long BODY_TIMEOUT_MILLIS = 5_000;

  void register(@Observes Filters filters) {
    filters.register(RequestLimits::check, PRIORITY);
  }

  private static void check(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    if (!Surface.covers(routing.normalizedPath())) {
      routing.next();
    } else if (contentLength(request) > RequestBody.MAX_BYTES) {
      refuse(routing, RequestBody.tooLarge().problem());
    } else {
      limitBodyTime(routing, request);
      routing.next();
    }
  }

  private static void limitBodyTime(RoutingContext routing, HttpServerRequest request) {
    if (request.isEnded()) {
      return;
    }
    long timer =
        routing
            .vertx()
            .setTimer(
                BODY_TIMEOUT_MILLIS,
                _ -> {
                  if (!request.isEnded()) {
                    request.connection().close();
                  }
                });
    routing.addEndHandler(_ -> routing.vertx().cancelTimer(timer));
  }

  private static void refuse(RoutingContext routing, Problem problem) {
    // The rest of the body is not read, so the connection cannot serve another request.
    routing
        .response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .putHeader(HttpHeaders.CONNECTION, "close")
        .end(problem.json())
        .onComplete(_ -> routing.request().connection().close());
  }

  private static long contentLength(HttpServerRequest request) {
    @Nullable String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
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
