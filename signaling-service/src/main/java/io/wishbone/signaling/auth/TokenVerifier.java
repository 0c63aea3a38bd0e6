package io.wishbone.signaling.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.http.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Verifies JSON Web Tokens: signature by one fixed algorithm and key set, `exp` (which has to be
/// there), `nbf`, and `iss` and `aud` where they are configured. Keys that a token names or brings
/// along itself are ignored.
final class TokenVerifier {

  private static final Logger LOG = Logger.getLogger(TokenVerifier.class);
  private static final int CLOCK_SKEW_SECONDS = 30;

  /// A difference of clocks with which no token is over.
  private static final int ANY_TIME = Integer.MAX_VALUE;

  private static final int MIN_SECRET_BYTES = 32;

  private final TokenAlgorithm algorithm;
  private final @Nullable SecretKey secret;
  private final VerificationKeys keys;
  private final JWTAuthContextInfo rules;
  private final TokenClaims claims;
  private final InstantSource clock = InstantSource.system();
  private final JWTParser parser = new DefaultJWTParser();

  /// @param keys not looked at when tokens are signed with a shared secret
  TokenVerifier(SignalingConfig.Jwt config, VerificationKeys keys) {
    this.algorithm = config.algorithm();
    this.secret = algorithm == TokenAlgorithm.HS256 ? secret(config) : null;
    this.keys = keys;
    this.rules = rules(config);
    this.claims = new TokenClaims(config);
  }

  /// @throws IllegalStateException when the keys are missing, or those of a file cannot be read
  static TokenVerifier of(SignalingConfig.Jwt config) {
    return new TokenVerifier(config, keys(config));
  }

  /// @throws ExpiredTokenException when nothing is wrong with it but the time
  /// @throws ProblemException 503 when the keys cannot be had
  Caller verify(Credentials.Bearer bearer) throws InvalidTokenException {
    String token = bearer.token();
    TokenHeader header = TokenHeader.read(token);
    if (!header.algorithm().equals(algorithm.headerValue())) {
      throw new InvalidTokenException();
    }
    List<? extends Key> candidates = secret == null ? keys.find(header) : List.of(secret);
    JsonNode body = TokenHeader.part(token, 1);
    if (candidates.stream().noneMatch(key -> isValid(token, key, CLOCK_SKEW_SECONDS))) {
      boolean didHold =
          isOver(body) && candidates.stream().anyMatch(key -> isValid(token, key, ANY_TIME));
      throw didHold ? new ExpiredTokenException() : new InvalidTokenException();
    }
    return claims.caller(body, bearer, clock.instant());
  }

  private boolean isOver(JsonNode body) {
    return body.path("exp").isNumber()
        && body.path("exp").asLong() < clock.instant().getEpochSecond();
  }

  private boolean isValid(String token, Key key, int clockSkewSeconds) {
    var context = new JWTAuthContextInfo(rules);
    context.setClockSkew(clockSkewSeconds);
    switch (key) {
      case SecretKey shared -> context.setSecretVerificationKey(shared);
      case PublicKey published -> context.setPublicVerificationKey(published);
      default -> throw new IllegalStateException("nothing else verifies tokens");
    }
    try {
      return parser.parse(token, context).getExpirationTime() != 0;
    } catch (ParseException _) {
      return false;
    }
  }

  private static VerificationKeys keys(SignalingConfig.Jwt config) {
    if (config.algorithm() == TokenAlgorithm.HS256) {
      return _ -> List.of();
    }
    try {
      if (config.key().isPresent()) {
        return KeySet.read(config.key().get(), config.algorithm());
      }
      KeyText text = KeyPlaces.of(config);
      var rotating = new RotatingKeys(text, config.algorithm(), System::nanoTime);
      if (text instanceof KeyPlaces.InFile) {
        rotating.load();
      } else {
        if (config.audience().isEmpty()) {
          LOG.warnf(
              "wishbone.jwt.audience is not set: whatever %s vouches for comes in, tokens for other"
                  + " services too",
              text.place());
        }
        // An issuer that is down must not keep media from flowing.
        rotating.warmUp();
      }
      return rotating;
    } catch (IOException | GeneralSecurityException failure) {
      throw new IllegalStateException(
          "the key that verifies tokens cannot be read: " + failure.getMessage(), failure);
    }
  }

  private static JWTAuthContextInfo rules(SignalingConfig.Jwt config) {
    var rules = new JWTAuthContextInfo();
    rules.setSignatureAlgorithm(Set.of(config.algorithm().signature()));
    rules.setRequireNamedPrincipal(false);
    // Without a limit of its own the parser asks for the optional claim iat (RFC 7519 section
    // 4.1.6).
    rules.setMaxTimeToLiveSecs(0L);
    config.issuer().ifPresent(rules::setIssuedBy);
    config.audience().ifPresent(audience -> rules.setExpectedAudience(Set.of(audience)));
    return rules;
  }

  private static SecretKey secret(SignalingConfig.Jwt config) {
    byte[] secret =
        config
            .secret()
            .orElseThrow(() -> new IllegalStateException("hs256 needs wishbone.jwt.secret"))
            .getBytes(StandardCharsets.UTF_8);
    if (secret.length < MIN_SECRET_BYTES) {
      throw new IllegalStateException(
          "wishbone.jwt.secret is shorter than " + MIN_SECRET_BYTES + " bytes");
    }
    return new SecretKeySpec(secret, "HmacSHA256");
  }
}
