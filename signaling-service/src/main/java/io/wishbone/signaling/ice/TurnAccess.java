package io.wishbone.signaling.ice;

import io.wishbone.signaling.SignalingConfig;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the credentials for TURN servers come from.
sealed interface TurnAccess {

  /// @return null when there are none
  @Nullable TurnCredentials credentials(String user, Instant now);

  /// STUN servers ask for none.
  record None() implements TurnAccess {
    @Override
    public @Nullable TurnCredentials credentials(String user, Instant now) {
      return null;
    }
  }

  /// The same for everybody, for ever.
  record Fixed(TurnCredentials credentials) implements TurnAccess {
    @Override
    public TurnCredentials credentials(String user, Instant now) {
      return credentials;
    }
  }

  /// Made for the occasion.
  record Limited(TurnSecret secret) implements TurnAccess {
    @Override
    public TurnCredentials credentials(String user, Instant now) {
      return secret.credentials(user, now);
    }
  }

  /// @throws IllegalStateException when the settings contradict each other
  static TurnAccess of(SignalingConfig.Turn config) {
    Optional<String> username = config.username();
    Optional<String> credential = config.credential();
    if (username.isPresent() != credential.isPresent()) {
      throw new IllegalStateException(
          "wishbone.turn.username and wishbone.turn.credential are set together or not at all");
    }
    if (username.isPresent() && config.secret().isPresent()) {
      throw new IllegalStateException(
          "wishbone.turn.secret takes the place of wishbone.turn.username and"
              + " wishbone.turn.credential: set one or the other");
    }
    if (username.isPresent() && credential.isPresent()) {
      return new Fixed(fixed(username.get(), credential.get()));
    }
    return config
        .secret()
        .<TurnAccess>map(secret -> new Limited(new TurnSecret(secret, config.ttl())))
        .orElseGet(None::new);
  }

  private static TurnCredentials fixed(String username, String credential) {
    if (!TurnCredentials.isUsable(username) || !TurnCredentials.isUsable(credential)) {
      throw new IllegalStateException(
          "wishbone.turn.username and wishbone.turn.credential are 1 to 256 visible ASCII"
              + " characters other than quotation mark, comma, semicolon and backslash: some"
              + " clients misread these");
    }
    return new TurnCredentials(username, credential);
  }
}
