package io.wishbone.signaling.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The `host[:port]` of a URL, as far as one is taken in `Host` (RFC 9110 section 7.2): names with
/// underscores, which container networks have, but neither user information nor escapes.
final class Authority {

  private static final Pattern FORM =
      Pattern.compile("(?:[A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{1,5}))?");

  private static final int MAX_PORT = 65535;

  private Authority() {}

  static boolean isValid(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        && (matcher.group(1) == null || Integer.parseInt(matcher.group(1)) <= MAX_PORT);
  }
}
