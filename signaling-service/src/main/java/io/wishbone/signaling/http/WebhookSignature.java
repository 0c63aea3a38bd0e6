package io.wishbone.signaling.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Time and body under a shared secret, so that a receiver can tell that we ask, and when:
/// `t=1700000000,v1=<HMAC-SHA-256 of "time.body", hexadecimal>`.
public final class WebhookSignature {

  public static final String HEADER = "Wishbone-Signature";

  private static final String ALGORITHM = "HmacSHA256";

  private WebhookSignature() {}

  /// @param seconds since 1970
  public static String of(byte[] secret, long seconds, String body) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      byte[] digest = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
      return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
    }
  }
}
