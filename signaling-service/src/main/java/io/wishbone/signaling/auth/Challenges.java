package io.wishbone.signaling.auth;

/// Values of `WWW-Authenticate` (RFC 6750 section 3, RFC 7617 section 2).
///
/// @param takesBasic whether HTTP Basic is accepted next to bearer tokens
record Challenges(boolean takesBasic) {

  private static final String BEARER = "Bearer realm=\"wishbone\"";
  private static final String BASIC = ", Basic realm=\"wishbone\", charset=\"UTF-8\"";

  /// There was none.
  String noCredentials() {
    return withBasic(BEARER);
  }

  /// There were wrong ones.
  String invalidCredentials() {
    return withBasic(BEARER + ", error=\"invalid_token\"");
  }

  /// They are right, and not enough.
  static String insufficientScope() {
    return BEARER + ", error=\"insufficient_scope\"";
  }

  private String withBasic(String bearer) {
    return takesBasic ? bearer + BASIC : bearer;
  }
}
