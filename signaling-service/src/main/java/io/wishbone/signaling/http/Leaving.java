package io.wishbone.signaling.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Whether this process is about to end. Until then it serves every request that still comes, and
/// asks whoever brings one over HTTP/1 to use another connection for the next: one that is kept
/// would break under a request at the end.
///
/// Runs on an HTTP event loop, but for [#begin].
@Singleton
public final class Leaving {

  private static final int PRIORITY = CorsHeaders.PRIORITY + 10;

  private volatile boolean begun;

  /// Whoever asks is told from now on that this process takes no more requests, though it does.
  public void begin() {
    begun = true;
  }

  public boolean hasBegun() {
    return begun;
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, PRIORITY);
  }

  private void handle(RoutingContext routing) {
    if (begun && routing.request().version() != HttpVersion.HTTP_2) {
      routing.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    routing.next();
  }
}
