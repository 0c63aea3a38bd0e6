package io.wishbone.control;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/// Names one WHIP or WHEP session. It is the last segment of the session URL, and whoever knows
/// that URL may change and end the session: an id is drawn from a CSPRNG with at least 128 bits
/// (RFC 9725 section 5).
public record SessionId(@JsonValue String value) {

  private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9_-]{22,64}");
  private static final int RANDOM_BYTES = 18;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SessionId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a session id");
    }
  }

  /// A fresh id of 144 random bits.
  public static SessionId generate(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return new SessionId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  public static boolean isValid(String text) {
    return PATTERN.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
