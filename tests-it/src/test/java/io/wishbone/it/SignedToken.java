package io.wishbone.it;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// JSON Web Tokens (RFC 7519) for a server that knows the same secret, made by hand: the product's
/// own way to make them has no part in it.
public final class SignedToken {

  private SignedToken() {}

  /// @param streams what its bearer may publish and play: a name or a pattern
  /// @param seconds how long it holds; negative for one that is over
  public static String of(String secret, String subject, String streams, int seconds) {
    return signed(
        secret,
        "{\"sub\":\"%s\",\"publish\":\"%s\",\"play\":\"%s\",\"exp\":%d}"
            .formatted(subject, streams, streams, Instant.now().getEpochSecond() + seconds));
  }

  /// For an operator, who ends the sessions of others.
  public static String operator(String secret, String subject, int seconds) {
    return signed(
        secret,
        "{\"sub\":\"%s\",\"admin\":true,\"exp\":%d}"
            .formatted(subject, Instant.now().getEpochSecond() + seconds));
  }

  private static String signed(String secret, String claims) {
    String signed = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + encode(claims);
    return signed + "." + signature(signed, secret);
  }

  private static String signature(String signed, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return encode(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
