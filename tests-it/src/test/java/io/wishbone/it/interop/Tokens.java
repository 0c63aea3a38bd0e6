package io.wishbone.it.interop;

import io.wishbone.it.SignedToken;
import java.util.Map;

/// A server that asks for tokens, and tokens for it.
final class Tokens {
  private static final String SECRET = "a secret of the interop tests alone";

  /// With these options and this environment a server asks for such tokens.
  static final Map<String, String> ENVIRONMENT = Map.of("WISHBONE_JWT_SECRET", SECRET);

  static final String[] OPTIONS = {
    "--auth", "jwt", "--jwt-algorithm", "hs256", "--bind", "127.0.0.1"
  };

  private Tokens() {}

  /// Lets its bearer publish and play one stream.
  static String forStream(String stream) {
    return SignedToken.of(SECRET, "interop", stream, 600);
  }
}
