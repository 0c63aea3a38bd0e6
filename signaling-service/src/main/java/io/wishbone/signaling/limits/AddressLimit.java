package io.wishbone.signaling.limits;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.http.EarlyRefusal;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.signaling.http.Surface;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Counts requests by the address that they come from. Those from this machine are let through.
///
/// Runs on an HTTP event loop.
@Singleton
final class AddressLimit {

  /// After the CORS headers and the check of the target, before anything is read.
  private static final int PRIORITY = 385;

  private final @Nullable RateLimiter limiter;
  private final ClientAddresses addresses;

  AddressLimit(SignalingConfig config, ClientAddresses addresses) {
    this.limiter = Rates.limiter(config.limits().perAddress(), new SecureRandom());
    this.addresses = addresses;
  }

  void register(@Observes Filters filters) {
    if (limiter != null) {
      filters.register(routing -> check(routing, limiter), PRIORITY);
    }
  }

  private void check(RoutingContext routing, RateLimiter counted) {
    ClientAddress client =
        isCounted(routing.normalizedPath(), routing.request())
            ? addresses.client(routing.request())
            : null;
    Duration wait =
        client == null || client.isThisMachine()
            ? Duration.ZERO
            : counted.acquire(client.key(), System.nanoTime());
    if (wait.isZero()) {
      routing.next();
    } else {
      EarlyRefusal.refuse(
          routing,
          ProblemException.tooManyRequests("too many requests come from your address", wait));
    }
  }

  private static boolean isCounted(String path, HttpServerRequest request) {
    return (Surface.covers(path) || path.startsWith("/api/")) && isCostly(path, request);
  }

  /// What changes something, whatever has credentials that have to be looked at, and whatever a
  /// session has to be looked for. The others are answered from what this process knows: OPTIONS,
  /// which browsers send on their own and whose refusal no page could read, and GET on endpoints.
  private static boolean isCostly(String path, HttpServerRequest request) {
    return switch (request.method().name()) {
      case "POST", "PATCH", "DELETE" -> true;
      case "GET", "HEAD" -> Surface.isSession(path) || hasCredentials(request);
      default -> hasCredentials(request);
    };
  }

  private static boolean hasCredentials(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.AUTHORIZATION);
  }
}
