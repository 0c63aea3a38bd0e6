package io.wishbone.it.conformance;

import io.wishbone.it.SignedToken;

/// JSON Web Tokens for the server that asks for them.
final class Token {
  private Token() {}

  /// A header that lets its bearer publish and play this stream.
  static String bearer(String stream) {
    return bearer(stream, 60);
  }

  static String bearer(String stream, int seconds) {
    return "Bearer " + SignedToken.of(SharedServer.SECRET, "conformance", stream, seconds);
  }
}
