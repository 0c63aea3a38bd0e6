package io.wishbone.signaling.auth;

/// Whether callers have to show a token.
public enum AuthMode {
  /// Everybody may publish and play. Tokens are not looked at.
  OFF,
  /// A JSON Web Token as bearer token.
  JWT
}
