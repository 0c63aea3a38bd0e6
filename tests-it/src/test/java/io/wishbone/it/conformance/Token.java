package io.wishbone.it.conformance;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// JSON Web Tokens for the server that asks for them.
final class Token {
  private Token() {}

  /// A header that lets its bearer publish and play this stream.
  static String bearer(String stream) {
    return bearer(stream, 60);
  }

  static String bearer(String stream, int seconds) {
    String claims =
        "{\"sub\":\"conformance\",\"publish\":\"%s\",\"play\":\"%s\",\"exp\":%d}"
            .formatted(stream, stream, Instant.now().getEpochSecond() + seconds);
    String signed = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + base64(claims);
    return "Bearer " + signed + "." + signature(signed);
  }

  private static String signature(String signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] secret = SharedServer.SECRET.getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return encode(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static String base64(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
