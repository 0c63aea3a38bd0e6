package io.wishbone.signaling.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Keeps the connections of requests that are being worked on. The operator's program and up to
/// three media nodes may take longer, one after the other, than the time after which a connection
/// counts as idle; that time is short, and meant for clients that do not bring a request to its
/// end.
///
/// How long a body may take is limited by [RequestBody].
///
/// Runs on an HTTP event loop.
@Singleton
final class PatientRequests {

  /// After everything that answers early.
  private static final int PRIORITY = 10;

  void register(@Observes Filters filters) {
    filters.register(PatientRequests::watch, PRIORITY);
  }

  private static void watch(RoutingContext routing) {
    if (isWork(routing.request()) && Surface.covers(routing.normalizedPath())) {
      var connection = PatientConnection.of(routing, () -> {});
      routing.addEndHandler(_ -> connection.close());
    }
    routing.next();
  }

  /// Event streams, which are read by GET, have to take what is sent.
  private static boolean isWork(HttpServerRequest request) {
    return !request.method().equals(HttpMethod.GET);
  }
}
