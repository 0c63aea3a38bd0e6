package io.wishbone.signaling.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.wishbone.signaling.SignalingConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what a token says of its bearer. Which claim says what is configured, for identity
/// providers have names of their own: a name, or a path such as `resource_access/wishbone/publish`
/// into objects.
final class TokenClaims {

  /// Nobody needs more, and each is compared with every request.
  private static final int MAX_PATTERNS = 100;

  private final SignalingConfig.Jwt config;

  TokenClaims(SignalingConfig.Jwt config) {
    this.config = config;
  }

  /// @param claims of a token that was verified
  Caller caller(JsonNode claims, Credentials.Bearer token, Instant now)
      throws InvalidTokenException {
    return new Caller(
        claims.path("sub").textValue(),
        null,
        grants(find(claims, config.publishClaim())),
        grants(find(claims, config.playClaim())),
        find(claims, config.adminClaim()).isBoolean()
            && find(claims, config.adminClaim()).booleanValue(),
        lifetime(claims, now),
        token);
  }

  /// A claim by its whole name, or else by its path. Names may be URLs, so the name comes first.
  private static JsonNode find(JsonNode claims, String name) {
    JsonNode whole = claims.get(name);
    if (whole != null) {
      return whole;
    }
    JsonNode found = claims;
    for (String step : name.split("/", -1)) {
      found = found.path(step);
    }
    return found;
  }

  /// A text, of which spaces make several, or a list of texts. Anything else grants nothing.
  private static StreamGrants grants(JsonNode claim) {
    List<String> patterns = new ArrayList<>();
    if (claim.isTextual()) {
      patterns.addAll(List.of(claim.textValue().strip().split("\\s+")));
    }
    for (JsonNode entry : claim) {
      if (claim.isArray() && entry.isTextual()) {
        patterns.add(entry.textValue());
      }
    }
    return patterns.size() > MAX_PATTERNS ? StreamGrants.NONE : StreamGrants.of(patterns);
  }

  private @Nullable Duration lifetime(JsonNode claims, Instant now) throws InvalidTokenException {
    JsonNode longest = find(claims, config.lifetimeClaim());
    Duration lifetime = longest.isMissingNode() ? null : seconds(longest);
    if (config.expiryEndsSessions()) {
      var expiry = Instant.ofEpochSecond(claims.path("exp").asLong());
      Duration rest = Duration.between(now, expiry);
      if (!rest.isPositive()) {
        throw new ExpiredTokenException();
      }
      lifetime = Caller.shorter(lifetime, rest);
    }
    return lifetime;
  }

  /// A limit that cannot be read must not be none.
  private static Duration seconds(JsonNode claim) throws InvalidTokenException {
    if (!claim.isIntegralNumber() || !claim.canConvertToInt() || claim.intValue() <= 0) {
      throw new InvalidTokenException();
    }
    return Duration.ofSeconds(claim.intValue());
  }
}
