package io.wishbone.signaling.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Refuses requests of which it is not clear where they go: those with no `Host`, or one that makes
/// no URL (RFC 9112 section 3.2), and those with parameters in their path, which routes are found
/// without.
///
/// Runs on an HTTP event loop.
@Singleton
final class RequestTarget {

  static final int PRIORITY = CorsHeaders.PRIORITY - 10;

  void register(@Observes Filters filters) {
    filters.register(RequestTarget::check, PRIORITY);
  }

  private static void check(RoutingContext routing) {
    boolean isOurs = Surface.covers(routing.normalizedPath());
    String fault = hostFault(routing.request(), isOurs);
    if (fault == null && isOurs && routing.normalizedPath().indexOf(';') >= 0) {
      fault = "the path has a ';'";
    }
    if (fault == null) {
      routing.next();
    } else {
      EarlyRefusal.refuse(routing, ProblemException.malformed(fault));
    }
  }

  private static @Nullable String hostFault(HttpServerRequest request, boolean isOurs) {
    List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
    if (hosts.isEmpty()) {
      // HTTP/2 has a pseudo-header instead. A health check may speak HTTP/1.0, where nothing is
      // missing.
      boolean isMissing =
          request.version() == HttpVersion.HTTP_1_1
              || (request.version() == HttpVersion.HTTP_1_0 && isOurs);
      return isMissing ? "the Host header is missing" : null;
    }
    if (hosts.size() > 1) {
      return "there are " + hosts.size() + " Host headers";
    }
    return Authority.isValid(hosts.getFirst())
        ? null
        : "the Host header, or X-Forwarded-Host of a proxy, is no host and port";
  }
}
