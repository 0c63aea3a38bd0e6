package io.wishbone.signaling.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/// Answers a request on the event loop, before its body is read.
public final class EarlyRefusal {

  private EarlyRefusal() {}

  public static void refuse(RoutingContext routing, ProblemException failure) {
    Problem problem = failure.problem();
    HttpServerResponse response = routing.response();
    failure.headers().forEach(response::putHeader);
    response
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(problem.json());
  }
}
