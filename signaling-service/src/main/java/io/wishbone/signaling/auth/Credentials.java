package io.wishbone.signaling.auth;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// What the header field `Authorization` shows (RFC 9110 section 11.6.2). None of it is ever
/// written anywhere: the texts of these records say nothing.
sealed interface Credentials {

  /// Nothing.
  record None() implements Credentials {}

  /// A bearer token (RFC 6750 section 2.1).
  record Bearer(String token) implements Credentials {
    @Override
    public String toString() {
      return "Bearer";
    }
  }

  /// A name and a password (RFC 7617).
  record Basic(String user, String password) implements Credentials {
    @Override
    public String toString() {
      return "Basic";
    }
  }

  /// Something else, or something broken.
  record Unreadable() implements Credentials {}

  /// Longer ones are not looked at.
  int MAX_LENGTH = 8 * 1024;

  static Credentials read(@Nullable String authorization) {
    if (authorization == null || authorization.isBlank()) {
      return new None();
    }
    if (authorization.length() > MAX_LENGTH) {
      return new Unreadable();
    }
    String token = after("Bearer ", authorization);
    if (token != null) {
      return token.isEmpty() ? new Unreadable() : new Bearer(token);
    }
    String pair = after("Basic ", authorization);
    return pair == null ? new Unreadable() : basic(pair);
  }

  private static @Nullable String after(String scheme, String authorization) {
    return authorization.regionMatches(true, 0, scheme, 0, scheme.length())
        ? authorization.substring(scheme.length()).strip()
        : null;
  }

  private static Credentials basic(String pair) {
    try {
      var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(pair));
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      int colon = text.indexOf(':');
      return colon < 0
          ? new Unreadable()
          : new Basic(text.substring(0, colon), text.substring(colon + 1));
    } catch (IllegalArgumentException | CharacterCodingException _) {
      return new Unreadable();
    }
  }
}
