package io.wishbone.signaling.auth;

import io.quarkus.runtime.StartupEvent;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.http.ProblemException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says who calls, from the header field `Authorization`.
@Singleton
public final class Authenticator {

  private static final int UNAVAILABLE = 503;

  private final boolean isOff;
  private final @Nullable TokenVerifier verifier;
  private final @Nullable StreamKeys keys;
  private final boolean isAsked;
  private final Challenges challenges;

  public Authenticator(SignalingConfig config) {
    Set<AuthMode> modes = config.auth();
    if (modes.contains(AuthMode.OFF) && modes.size() > 1) {
      throw new IllegalStateException("wishbone.auth=off stands alone");
    }
    isOff = modes.contains(AuthMode.OFF);
    verifier = modes.contains(AuthMode.JWT) ? TokenVerifier.of(config.jwt()) : null;
    keys = modes.contains(AuthMode.KEYS) ? keys(config) : null;
    isAsked = modes.contains(AuthMode.WEBHOOK);
    if (!isOff && verifier == null && keys == null && !isAsked) {
      throw new IllegalStateException("wishbone.auth names nothing that could be asked");
    }
    challenges = new Challenges(modes.contains(AuthMode.KEYS) || modes.contains(AuthMode.WEBHOOK));
  }

  private static StreamKeys keys(SignalingConfig config) {
    String file =
        config
            .keys()
            .file()
            .orElseThrow(() -> new IllegalStateException("auth=keys needs wishbone.keys.file"));
    return new StreamKeys(Path.of(file), System::nanoTime);
  }

  /// Makes a server that lacks its keys fail when it starts, not when somebody comes.
  void start(@Observes StartupEvent event) {}

  /// Whether everybody is let in, and nobody known.
  public boolean isOff() {
    return isOff;
  }

  /// Whether only the operator's program can tell good credentials from bad ones.
  private boolean knowsNobody() {
    return verifier == null && keys == null;
  }

  /// The caller of an endpoint, to whom [Admission] has still to agree.
  ///
  /// @throws ProblemException 401 when credentials are asked for and there are none, or wrong ones
  public Caller caller(@Nullable String authorization) {
    if (isOff) {
      return Caller.ANYBODY;
    }
    return switch (Credentials.read(authorization)) {
      case Credentials.Unreadable _ -> throw invalid("the Authorization header cannot be read");
      case Credentials shown when knowsNobody() -> Caller.anybody(shown);
      case Credentials.None _ ->
          throw ProblemException.unauthenticated(
              challenges.noCredentials(), "a bearer token is needed: Authorization: Bearer …");
      case Credentials shown -> identifyOrRefuse(shown);
    };
  }

  /// The caller of a session URL. That URL is known to nobody but the one who opened the session,
  /// so credentials are not needed there. Those that were sent have to be valid, as far as that can
  /// be told: the operator's program is not asked here, an issuer may be out of reach, and a token
  /// may have expired since, which ends nothing that runs.
  ///
  /// @return null when nothing was sent that speaks for or against anybody
  /// @throws ProblemException 401 when the credentials are wrong
  public @Nullable Caller callerIfKnown(@Nullable String authorization) {
    if (isOff) {
      return Caller.ANYBODY;
    }
    return switch (Credentials.read(authorization)) {
      case Credentials _ when knowsNobody() -> null;
      case Credentials.None _ -> null;
      case Credentials shown -> identifyIfPossible(shown);
    };
  }

  private @Nullable Caller identifyIfPossible(Credentials shown) {
    try {
      return identify(shown);
    } catch (ExpiredTokenException _) {
      return null;
    } catch (InvalidTokenException _) {
      throw invalidToken();
    } catch (ProblemException failure) {
      if (failure.problem().status() == UNAVAILABLE) {
        return null;
      }
      throw failure;
    }
  }

  private Caller identifyOrRefuse(Credentials shown) {
    try {
      return identify(shown);
    } catch (InvalidTokenException _) {
      throw invalidToken();
    }
  }

  private Caller identify(Credentials shown) throws InvalidTokenException {
    return switch (shown) {
      case Credentials.Bearer bearer -> bearer(bearer);
      case Credentials.Basic basic when keys != null -> keyed(keys, key(basic), basic);
      case Credentials.Basic _, Credentials.None _, Credentials.Unreadable _ ->
          throw invalid("these credentials are not of a kind that is accepted here");
    };
  }

  /// Tokens and keys are told apart by their form, where both are accepted.
  private Caller bearer(Credentials.Bearer bearer) throws InvalidTokenException {
    if (verifier != null && (keys == null || !StreamKey.isKey(bearer.token()))) {
      return verifier.verify(bearer);
    }
    if (keys != null) {
      return keyed(keys, bearer.token(), bearer);
    }
    throw invalid("these credentials are not of a kind that is accepted here");
  }

  /// The password is the whole key, or what stands behind the dot.
  private static String key(Credentials.Basic basic) {
    String id = basic.user() + ".";
    return basic.password().startsWith(id) ? basic.password() : id + basic.password();
  }

  private Caller keyed(StreamKeys known, String key, Credentials shown) {
    KeyFileLine line = known.find(key);
    if (line == null) {
      throw invalid("the stream key is not known");
    }
    return line.caller(shown);
  }

  /// What exactly was wrong would help those who forge tokens.
  private ProblemException invalidToken() {
    return invalid("the token is malformed, expired, or not signed by a key that we know");
  }

  private ProblemException invalid(String detail) {
    return ProblemException.unauthenticated(challenges.invalidCredentials(), detail);
  }
}
