package io.wishbone.signaling.auth;

import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.http.ProblemException;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/// Verifies JSON Web Tokens: signature by one fixed algorithm and key set, `exp` (which has to be
/// there), `nbf`, and `iss` and `aud` where they are configured. Keys that a token names or brings
/// along itself are ignored.
final class TokenVerifier {

  private static final int CLOCK_SKEW_SECONDS = 30;
  private static final int MAX_TOKEN_LENGTH = 8 * 1024;
  private static final int MIN_SECRET_BYTES = 32;

  private final JWTParser parser;

  TokenVerifier(SignalingConfig.Jwt config) {
    parser = new DefaultJWTParser(context(config));
  }

  /// @throws ProblemException 401 when the token does not hold
  Caller verify(String token) {
    if (token.length() > MAX_TOKEN_LENGTH) {
      throw invalid();
    }
    try {
      JsonWebToken claims = parser.parse(token);
      if (claims.getExpirationTime() == 0) {
        throw invalid();
      }
      return new Caller(claims.getSubject(), grants(claims, "publish"), grants(claims, "play"));
    } catch (ParseException _) {
      // What exactly was wrong would help those who forge tokens.
      throw invalid();
    }
  }

  private static StreamGrants grants(JsonWebToken claims, String name) {
    return grants(claims.<Object>getClaim(name));
  }

  private static StreamGrants grants(@Nullable Object claim) {
    return switch (claim) {
      case String one -> new StreamGrants(List.of(one));
      case JsonString one -> new StreamGrants(List.of(one.getString()));
      case JsonArray many ->
          new StreamGrants(
              many.getValuesAs(value -> value instanceof JsonString s ? s.getString() : ""));
      case Collection<?> many -> new StreamGrants(many.stream().map(String::valueOf).toList());
      case null, default -> StreamGrants.NONE;
    };
  }

  private static ProblemException invalid() {
    return ProblemException.unauthenticated(
        Challenges.invalidToken(), "the token is malformed, expired, or not signed by our key");
  }

  private static JWTAuthContextInfo context(SignalingConfig.Jwt config) {
    var context = new JWTAuthContextInfo();
    context.setSignatureAlgorithm(Set.of(config.algorithm().signature()));
    context.setClockSkew(CLOCK_SKEW_SECONDS);
    context.setRequireNamedPrincipal(false);
    // Without a limit of its own the parser asks for the optional claim iat (RFC 7519 section
    // 4.1.6).
    context.setMaxTimeToLiveSecs(0L);
    config.issuer().ifPresent(context::setIssuedBy);
    config.audience().ifPresent(audience -> context.setExpectedAudience(Set.of(audience)));
    switch (config.algorithm()) {
      case HS256 -> context.setSecretVerificationKey(secret(config));
      case ES256, RS256, EDDSA -> setPublicKey(context, config);
    }
    return context;
  }

  private static SecretKeySpec secret(SignalingConfig.Jwt config) {
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

  private static void setPublicKey(JWTAuthContextInfo context, SignalingConfig.Jwt config) {
    if (config.key().isPresent()) {
      context.setPublicKeyContent(config.key().get());
    } else if (config.keyLocation().isPresent()) {
      context.setPublicKeyLocation(config.keyLocation().get());
    } else {
      throw new IllegalStateException(
          "auth=jwt needs wishbone.jwt.key or wishbone.jwt.key-location");
    }
  }
}
