package io.wishbone.control;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Names one WHIP or WHEP session. It is the last segment of the session URL, and whoever knows
/// that URL may change and end the session: an id is drawn from a CSPRNG with at least 128 bits
/// (RFC 9725 section 5).
public record SessionId(@JsonValue String value) {

  private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9_-]{22,64}");
  private static final int RANDOM_BYTES = 18;
  private static final int ALIAS_BYTES = 12;

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

  /// What logs, metrics and programs of others may call the session: nobody can change or end it
  /// with that. The first 96 bits of a SHA-256 of the id.
  public String alias() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest, 0, ALIAS_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  public static boolean isValid(String text) {
    return PATTERN.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
