package io.wishbone.signaling.auth;

/// How callers show who they are, and who decides.
public enum AuthMode {
  /// Everybody may publish and play. Credentials are not looked at. Stands alone.
  OFF,
  /// JSON Web Tokens as bearer tokens.
  JWT,
  /// Stream keys out of a file, as bearer tokens or by HTTP Basic.
  KEYS,
  /// The operator's own program is asked about every new session.
  WEBHOOK
}
