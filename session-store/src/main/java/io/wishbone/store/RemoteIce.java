package io.wishbone.store;

/// The ICE credentials that the client uses in the current ICE session. A fragment with other
/// credentials is a restart (RFC 9725 section 4.3.3).
public record RemoteIce(String usernameFragment, String password) {

  /// Keeps the password out of logs.
  @Override
  public String toString() {
    return "RemoteIce[usernameFragment=" + usernameFragment + "]";
  }
}
