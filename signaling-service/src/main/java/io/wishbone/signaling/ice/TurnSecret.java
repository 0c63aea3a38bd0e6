package io.wishbone.signaling.ice;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes credentials that hold for a while, from a secret that the TURN servers share: the user
/// name is `expiry:user` and the credential `base64(HMAC-SHA1(secret, user name))`.
final class TurnSecret {

  /// What the TURN servers compute; that SHA-1 can be made to collide is no weakness of HMAC.
  private static final String ALGORITHM = "HmacSHA1";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~@-]{1,64}");

  private final SecretKeySpec key;
  private final Duration timeToLive;

  TurnSecret(String secret, Duration timeToLive) {
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    this.timeToLive = timeToLive;
  }

  /// @param user for whom, so that a TURN server can tell users apart in its log and its quotas
  TurnCredentials credentials(String user, Instant now) {
    String username = now.plus(timeToLive).getEpochSecond() + ":" + plain(user);
    byte[] signature = mac().doFinal(username.getBytes(StandardCharsets.UTF_8));
    return new TurnCredentials(username, Base64.getEncoder().encodeToString(signature));
  }

  /// Token subjects may be anything.
  private String plain(String user) {
    if (PLAIN.matcher(user).matches()) {
      return user;
    }
    byte[] digest = mac().doFinal(("user " + user).getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  private Mac mac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA1", e);
    }
  }
}
