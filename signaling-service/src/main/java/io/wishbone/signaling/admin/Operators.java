package io.wishbone.signaling.admin;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.wishbone.signaling.auth.Admission;
import io.wishbone.signaling.auth.Authenticator;
import io.wishbone.signaling.auth.Caller;
import io.wishbone.signaling.http.ProblemException;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Says who may use this package.
@Singleton
final class Operators {

  /// Names of this machine. A page whose name was made to lead here says another one.
  private static final Pattern THIS_MACHINE =
      Pattern.compile("(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::[0-9]+)?");

  private final Authenticator authenticator;
  private final Admission admission;
  private final CurrentVertxRequest requests;

  Operators(Authenticator authenticator, Admission admission, CurrentVertxRequest requests) {
    this.authenticator = authenticator;
    this.admission = admission;
    this.requests = requests;
  }

  /// Passes if the caller may.
  ///
  /// @throws ProblemException 401 without valid credentials, 403 when they do not say `admin`, or
  ///   are revoked
  void check(@Nullable String authorization) {
    Caller caller = authenticator.caller(authorization);
    boolean isHere = authenticator.isOff() && comesFromHere(requests.getCurrent().request());
    if (!isHere) {
      caller.checkAdmin();
      admission.checkRevocations(caller);
    }
  }

  /// Whether the request was sent on this machine, and not on behalf of somebody elsewhere.
  private static boolean comesFromHere(HttpServerRequest request) {
    String host = request.getHeader("Host");
    return host != null
        && THIS_MACHINE.matcher(host).matches()
        && request.getHeader("Forwarded") == null
        && request.headers().names().stream()
            .noneMatch(name -> name.regionMatches(true, 0, "X-Forwarded-", 0, 12))
        && isLoopback(request.remoteAddress().hostAddress());
  }

  private static boolean isLoopback(@Nullable String address) {
    try {
      return address != null && InetAddress.ofLiteral(address).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
