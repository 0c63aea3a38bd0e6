package io.wishbone.signaling.auth;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.http.ProblemException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// What a client carries from one cluster to another, in the query of the URL that it is sent to,
/// for browsers drop `Authorization` on the way: a short-lived permission to do one thing with one
/// stream, signed with a secret that both clusters share.
///
/// A grant is `payload.signature`, both in base64url: a JSON object, and HMAC-SHA256 over it.
@Singleton
public final class RedirectGrants {

  /// Of the query.
  public static final String PARAMETER = "grant";

  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9_-]{1,2000})\\.([A-Za-z0-9_-]{43})");

  private static final String ALGORITHM = "HmacSHA256";

  /// Keeps signatures apart from those that are made with the same secret for something else.
  private static final String PURPOSE = "wishbone redirect grant 1\n";

  private static final int MIN_SECRET_BYTES = 32;
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

  private final @Nullable SecretKeySpec key;
  private final Duration timeToLive;
  private final InstantSource clock;

  @Inject
  RedirectGrants(SignalingConfig config) {
    this(
        config.redirect().secret().orElse(null),
        config.redirect().grantTtl(),
        InstantSource.system());
    if (key == null
        && (config.redirect().to().isPresent() || !config.redirect().regions().isEmpty())) {
      throw new IllegalStateException(
          "wishbone.redirect.to and wishbone.redirect.regions need wishbone.redirect.secret");
    }
  }

  RedirectGrants(@Nullable String secret, Duration timeToLive, InstantSource clock) {
    this.key = secret == null ? null : key(secret);
    this.timeToLive = timeToLive;
    this.clock = clock;
  }

  /// Lets the caller do this once more, in another cluster.
  public String sign(SessionRole role, StreamName stream, Caller caller) {
    var payload =
        new JsonObject()
            .put("action", action(role))
            .put("stream", stream.value())
            .put("subject", caller.subject())
            .put("key", caller.key())
            .put("lifetime", caller.lifetime() == null ? null : caller.lifetime().toMillis())
            .put("expires", clock.instant().plus(timeToLive).getEpochSecond());
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String text = encoder.encodeToString(payload.encode().getBytes(StandardCharsets.UTF_8));
    return text + "." + encoder.encodeToString(signature(text));
  }

  /// Whether grants are taken here. Where they are not, they are passed over.
  public boolean isUsed() {
    return key != null;
  }

  /// Who carries the grant: somebody who may do what it names, and nothing else.
  ///
  /// @throws ProblemException 401 when the grant does not hold
  public Caller caller(String grant) {
    Matcher matcher = FORM.matcher(grant);
    if (!matcher.matches() || !isOurs(matcher.group(1), matcher.group(2))) {
      throw invalid();
    }
    try {
      byte[] payload = Base64.getUrlDecoder().decode(matcher.group(1));
      return caller(new JsonObject(new String(payload, StandardCharsets.UTF_8)));
    } catch (DecodeException | IllegalArgumentException | ClassCastException _) {
      throw invalid();
    }
  }

  private Caller caller(JsonObject payload) {
    Instant expires = Instant.ofEpochSecond(payload.getLong("expires", 0L));
    if (clock.instant().isAfter(expires.plus(CLOCK_SKEW))) {
      throw invalid();
    }
    String action = payload.getString("action", "");
    var stream = new StreamGrants(List.of(payload.getString("stream", "")));
    Long lifetime = payload.getLong("lifetime");
    return new Caller(
        payload.getString("subject"),
        payload.getString("key"),
        action.equals(action(SessionRole.PUBLISHER)) ? stream : StreamGrants.NONE,
        action.equals(action(SessionRole.SUBSCRIBER)) ? stream : StreamGrants.NONE,
        false,
        lifetime == null ? null : Duration.ofMillis(lifetime),
        new Credentials.None());
  }

  private boolean isOurs(String payload, String signature) {
    return MessageDigest.isEqual(signature(payload), Base64.getUrlDecoder().decode(signature));
  }

  private byte[] signature(String payload) {
    if (key == null) {
      throw new IllegalStateException("there is no secret");
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal((PURPOSE + payload).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static SecretKeySpec key(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < MIN_SECRET_BYTES) {
      throw new IllegalStateException(
          "wishbone.redirect.secret is shorter than " + MIN_SECRET_BYTES + " bytes");
    }
    return new SecretKeySpec(bytes, ALGORITHM);
  }

  private static String action(SessionRole role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static ProblemException invalid() {
    return ProblemException.unauthenticated(
        new Challenges(false).invalidCredentials(),
        "the grant of the redirect is malformed, expired, or not ours");
  }
}
