package io.wishbone.signaling.auth;

/// Values of `WWW-Authenticate` (RFC 6750 section 3).
final class Challenges {

  private static final String REALM = "Bearer realm=\"wishbone\"";

  private Challenges() {}

  static String noToken() {
    return REALM;
  }

  static String invalidToken() {
    return REALM + ", error=\"invalid_token\"";
  }

  static String insufficientScope() {
    return REALM + ", error=\"insufficient_scope\"";
  }
}
