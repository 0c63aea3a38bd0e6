package io.wishbone.signaling.auth;

import io.quarkus.runtime.StartupEvent;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.http.ProblemException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Says who calls, from the header field `Authorization`.
@Singleton
public final class Authenticator {

  private static final String SCHEME = "Bearer ";

  private final @Nullable TokenVerifier verifier;

  public Authenticator(SignalingConfig config) {
    verifier =
        switch (config.auth()) {
          case OFF -> null;
          case JWT -> new TokenVerifier(config.jwt());
        };
  }

  /// Makes a server that lacks its keys fail when it starts, not when somebody comes.
  void start(@Observes StartupEvent event) {}

  /// The caller of an endpoint.
  ///
  /// @throws ProblemException 401 when a token is asked for and there is none, or a wrong one
  public Caller caller(@Nullable String authorization) {
    Caller caller = callerIfKnown(authorization);
    if (caller == null) {
      throw ProblemException.unauthenticated(
          Challenges.noToken(), "a bearer token is needed: Authorization: Bearer …");
    }
    return caller;
  }

  /// The caller of a session URL. That URL is known to nobody but the one who opened the session,
  /// so a token is not needed there; null when none was sent. One that was sent has to be valid.
  ///
  /// @throws ProblemException 401 when the token is wrong
  public @Nullable Caller callerIfKnown(@Nullable String authorization) {
    if (verifier == null) {
      return Caller.ANYBODY;
    }
    if (authorization == null || authorization.isBlank()) {
      return null;
    }
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw ProblemException.unauthenticated(
          Challenges.invalidToken(), "only bearer tokens are accepted");
    }
    return verifier.verify(authorization.substring(SCHEME.length()).strip());
  }
}
