package io.wishbone.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/// Access that was taken away.
///
/// @param until when it is forgotten by itself
public record RevocationRecord(
    RevocationKind kind, String value, Instant revokedAt, Instant until) {

  private static final int ID_BYTES = 16;

  /// Names it in a URL, where its value might not fit. The same for the same thing.
  public String id() {
    return id(kind, value);
  }

  static String id(RevocationKind kind, String value) {
    try {
      byte[] text = (kind.word() + ":" + value).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, ID_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// Whether the session is one that this takes away.
  public boolean covers(SessionRecord session) {
    return switch (kind) {
      case SUBJECT -> value.equals(session.subject());
      case KEY -> value.equals(session.key());
      case STREAM -> value.equals(session.stream().value());
    };
  }
}
