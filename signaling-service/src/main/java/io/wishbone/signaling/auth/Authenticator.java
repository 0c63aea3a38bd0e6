package io.wishbone.signaling.auth;

import io.quarkus.runtime.StartupEvent;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.http.ProblemException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says who calls, from the header field `Authorization`.
@Singleton
public final class Authenticator {

  private final boolean isOff;
  private final @Nullable TokenVerifier verifier;
  private final Challenges challenges;

  public Authenticator(SignalingConfig config) {
    Set<AuthMode> modes = config.auth();
    if (modes.contains(AuthMode.OFF) && modes.size() > 1) {
      throw new IllegalStateException("wishbone.auth=off stands alone");
    }
    isOff = modes.contains(AuthMode.OFF);
    verifier = modes.contains(AuthMode.JWT) ? TokenVerifier.of(config.jwt()) : null;
    if (!isOff && verifier == null) {
      throw new IllegalStateException("wishbone.auth names nothing that could be asked");
    }
    challenges = new Challenges(modes.contains(AuthMode.KEYS) || modes.contains(AuthMode.WEBHOOK));
  }

  /// Makes a server that lacks its keys fail when it starts, not when somebody comes.
  void start(@Observes StartupEvent event) {}

  /// The caller of an endpoint.
  ///
  /// @throws ProblemException 401 when credentials are asked for and there are none, or wrong ones
  public Caller caller(@Nullable String authorization) {
    if (isOff) {
      return Caller.ANYBODY;
    }
    return switch (Credentials.read(authorization)) {
      case Credentials.None _ ->
          throw ProblemException.unauthenticated(
              challenges.noCredentials(), "a bearer token is needed: Authorization: Bearer …");
      case Credentials shown -> identify(shown);
    };
  }

  /// The caller of a session URL. That URL is known to nobody but the one who opened the session,
  /// so credentials are not needed there; null when none were sent. Those that were sent have to be
  /// valid.
  ///
  /// @throws ProblemException 401 when they are wrong
  public @Nullable Caller callerIfKnown(@Nullable String authorization) {
    if (isOff) {
      return Caller.ANYBODY;
    }
    return switch (Credentials.read(authorization)) {
      case Credentials.None _ -> null;
      case Credentials shown -> identify(shown);
    };
  }

  private Caller identify(Credentials shown) {
    return switch (shown) {
      case Credentials.Bearer bearer when verifier != null -> verified(bearer);
      case Credentials.Bearer _,
          Credentials.Basic _,
          Credentials.None _,
          Credentials.Unreadable _ ->
          throw invalid("only bearer tokens are accepted");
    };
  }

  private Caller verified(Credentials.Bearer bearer) {
    if (verifier == null) {
      throw invalid("only bearer tokens are accepted");
    }
    try {
      return verifier.verify(bearer);
    } catch (InvalidTokenException _) {
      // What exactly was wrong would help those who forge tokens.
      throw invalid("the token is malformed, expired, or not signed by a key that we know");
    }
  }

  private ProblemException invalid(String detail) {
    return ProblemException.unauthenticated(challenges.invalidCredentials(), detail);
  }
}
