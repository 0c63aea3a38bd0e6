package io.wishbone.signaling.auth;

import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.http.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Verifies JSON Web Tokens: signature by one fixed algorithm and key set, `exp` (which has to be
/// there), `nbf`, and `iss` and `aud` where they are configured. Keys that a token names or brings
/// along itself are ignored.
final class TokenVerifier {

  private static final int CLOCK_SKEW_SECONDS = 30;
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

  /// @throws ProblemException 503 when the keys cannot be had
  Caller verify(Credentials.Bearer bearer) throws InvalidTokenException {
    String token = bearer.token();
    TokenHeader header = TokenHeader.read(token);
    if (!header.algorithm().equals(algorithm.headerValue())) {
      throw new InvalidTokenException();
    }
    if (secret != null) {
      var context = new JWTAuthContextInfo(rules);
      context.setSecretVerificationKey(secret);
      if (!isValid(token, context)) {
        throw new InvalidTokenException();
      }
    } else if (keys.find(header).stream().noneMatch(key -> isSignedBy(key, token))) {
      throw new InvalidTokenException();
    }
    return claims.caller(TokenHeader.part(token, 1), bearer, clock.instant());
  }

  private boolean isSignedBy(PublicKey key, String token) {
    var context = new JWTAuthContextInfo(rules);
    context.setPublicVerificationKey(key);
    return isValid(token, context);
  }

  private boolean isValid(String token, JWTAuthContextInfo context) {
    try {
      return parser.parse(token, context).getExpirationTime() != 0;
    } catch (ParseException _) {
      return false;
    }
  }

  private static VerificationKeys keys(SignalingConfig.Jwt config) {
    if (config.algorithm() == TokenAlgorithm.HS256) {
      return _ -> java.util.List.of();
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
    rules.setClockSkew(CLOCK_SKEW_SECONDS);
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
