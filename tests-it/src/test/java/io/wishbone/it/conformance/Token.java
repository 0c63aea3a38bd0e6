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

  /// A header of somebody in particular.
  static String bearer(String stream, String subject) {
    return "Bearer " + SignedToken.of(SharedServer.SECRET, subject, stream, 60);
  }

  /// A header of somebody who may revoke.
  static String operator() {
    return "Bearer " + SignedToken.operator(SharedServer.SECRET, "operator", 60);
  }
}
