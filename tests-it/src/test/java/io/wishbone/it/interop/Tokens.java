package io.wishbone.it.interop;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// JSON Web Tokens for a server that knows the same secret.
final class Tokens {
  private static final String SECRET = "a secret of the interop tests alone";

  /// With these options and this environment a server asks for such tokens.
  static final Map<String, String> ENVIRONMENT = Map.of("WISHBONE_JWT_SECRET", SECRET);

  static final String[] OPTIONS = {
    "--auth", "jwt", "--jwt-algorithm", "hs256", "--bind", "127.0.0.1"
  };

  private Tokens() {}

  /// Lets its bearer publish and play one stream.
  static String forStream(String stream) {
    long expiry = Instant.now().getEpochSecond() + 600;
    String claims =
        "{\"sub\":\"interop\",\"exp\":%d,\"publish\":\"%s\",\"play\":\"%s\"}"
            .formatted(expiry, stream, stream);
    String signed = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + encode(claims);
    return signed + "." + sign(signed);
  }

  private static String sign(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return encode(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
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
