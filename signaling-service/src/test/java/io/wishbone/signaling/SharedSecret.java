package io.wishbone.signaling;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// What a server that takes tokens and its tests both know.
public final class SharedSecret {

  public static final String TEXT = "a-secret-that-is-long-enough-for-hs256";
  public static final SecretKey KEY =
      new SecretKeySpec(TEXT.getBytes(StandardCharsets.UTF_8), "HmacSHA256");

  private SharedSecret() {}

  /// Settings of a server that takes tokens which are signed with it, and nothing else.
  static Map<String, String> settings() {
    return Map.of(
        "wishbone.auth", "jwt", "wishbone.jwt.algorithm", "hs256", "wishbone.jwt.secret", TEXT);
  }
}
