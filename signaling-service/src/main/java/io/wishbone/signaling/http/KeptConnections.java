package io.wishbone.signaling.http;

import io.netty.channel.ChannelPipeline;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.ext.web.RoutingContext;
import io.wishbone.signaling.SignalingConfig;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/// Keeps a connection of HTTP/1 for its next request (RFC 9112 section 9.5). A reverse proxy or a
/// client that has one at hand sends by it; if the server closes it at that very moment, the
/// request is lost, and a POST is not repeated by itself. So the server has to keep it for longer
/// than they do. HTTP/2 says by GOAWAY which requests were not served.
///
/// The framework closes connections on which nothing flows for five seconds
/// (`quarkus.http.idle-timeout`), which is what ends slow attacks. Between two requests that does
/// not count; from the first byte of the next one on, it does.
///
/// Runs on HTTP event loops.
@Singleton
final class KeptConnections {

  /// Before everything that answers.
  private static final int PRIORITY = 1_000;

  /// More than proxies keep, and few enough for what one costs (some kilobytes, a file). If more
  /// rest, an attack is likelier than that many clients, and the others are idle after five
  /// seconds.
  private static final int MOST = 10_000;

  private final Semaphore places = new Semaphore(MOST);
  private final Duration longest;
  private final Leaving leaving;

  KeptConnections(SignalingConfig config, Leaving leaving) {
    this.longest = config.keepAlive();
    this.leaving = leaving;
  }

  void register(@Observes Filters filters) {
    filters.register(this::handle, PRIORITY);
  }

  private void handle(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    if (request.version() != HttpVersion.HTTP_2
        && request.connection() instanceof HttpServerConnection connection) {
      ChannelPipeline pipeline = connection.channel().pipeline();
      routing.addEndHandler(_ -> keep(pipeline));
    }
    routing.next();
  }

  private void keep(ChannelPipeline pipeline) {
    if (!pipeline.channel().isActive()) {
      return;
    }
    RestBetweenRequests rest = RestBetweenRequests.of(pipeline, leaving::hasBegun, places);
    if (rest != null) {
      rest.begin(longest);
    }
  }
}
