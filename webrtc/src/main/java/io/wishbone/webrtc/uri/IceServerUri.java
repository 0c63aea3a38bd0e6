package io.wishbone.webrtc.uri;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The URI of a STUN (RFC 7064) or TURN server (RFC 7065).
///
/// @param text as it is handed out. There is no comma, semicolon or quotation mark in it, so that
///   clients which take `Link` headers apart carelessly find it
/// @param scheme `stun`, `stuns`, `turn` or `turns`
public record IceServerUri(String text, String scheme) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?<scheme>stuns?|turns?):"
              + "(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}])"
              + "(?::(?<port>[0-9]{1,5}))?"
              + "(?<transport>\\?transport=(?:udp|tcp))?",
          Pattern.CASE_INSENSITIVE);

  private static final int HIGHEST_PORT = 65_535;

  /// Reads one.
  ///
  /// @throws IllegalArgumentException when this is no such URI
  public static IceServerUri parse(String text) {
    Matcher matcher = matcher(text);
    if (!isValid(matcher)) {
      throw new IllegalArgumentException("no STUN or TURN server: " + text);
    }
    return new IceServerUri(text, matcher.group("scheme").toLowerCase(Locale.ROOT));
  }

  public static boolean isValid(String text) {
    return isValid(matcher(text));
  }

  /// Whether the server asks for credentials.
  public boolean isTurn() {
    return scheme.startsWith("turn");
  }

  private static Matcher matcher(String text) {
    return FORM.matcher(text);
  }

  private static boolean isValid(Matcher matcher) {
    if (!matcher.matches()) {
      return false;
    }
    String port = matcher.group("port");
    boolean isReachable = port == null || isPort(Integer.parseInt(port));
    boolean isTurn = matcher.group("scheme").toLowerCase(Locale.ROOT).startsWith("turn");
    return isReachable && (isTurn || matcher.group("transport") == null);
  }

  private static boolean isPort(int number) {
    return number > 0 && number <= HIGHEST_PORT;
  }
}
