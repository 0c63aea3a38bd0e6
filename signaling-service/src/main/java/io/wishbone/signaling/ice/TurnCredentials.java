package io.wishbone.signaling.ice;

import java.util.regex.Pattern;

/// What a TURN server wants to see (RFC 8489 section 9.2).
record TurnCredentials(String username, String credential) {

  private static final Pattern USABLE = Pattern.compile("[!-~&&[^\",;\\\\]]{1,256}");

  /// Whether it may stand in a `Link` header: visible ASCII without quotation mark, comma,
  /// semicolon and backslash. Some clients look for these before they look for quotes.
  static boolean isUsable(String text) {
    return USABLE.matcher(text).matches();
  }
}
