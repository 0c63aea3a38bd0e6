package io.wishbone.signaling.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The header of a token (RFC 7515 section 4), as far as it is believed: it may say which of our
/// keys to take. What else it brings along (`jku`, `jwk`, `x5u`, `x5c`) is not even read.
///
/// @param keyId null when it names none
record TokenHeader(String algorithm, @Nullable String keyId) {

  /// Names of keys are never more than that: something to look up in a map.
  private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9._~+/=:@-]{1,128}");

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  static TokenHeader read(String token) throws InvalidTokenException {
    JsonNode header = part(token, 0);
    String algorithm = header.path("alg").textValue();
    JsonNode keyId = header.get("kid");
    if (algorithm == null || (keyId != null && !isKeyId(keyId))) {
      throw new InvalidTokenException();
    }
    return new TokenHeader(algorithm, keyId == null ? null : keyId.textValue());
  }

  private static boolean isKeyId(JsonNode keyId) {
    return keyId.isTextual() && KEY_ID.matcher(keyId.textValue()).matches();
  }

  /// One part of a signed token as JSON object: 0 is the header, 1 are the claims.
  static JsonNode part(String token, int index) throws InvalidTokenException {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw new InvalidTokenException();
    }
    try {
      var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(parts[index]));
      JsonNode object = JSON.readTree(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
      if (!object.isObject()) {
        throw new InvalidTokenException();
      }
      return object;
    } catch (IllegalArgumentException | CharacterCodingException | JsonProcessingException _) {
      throw new InvalidTokenException();
    }
  }
}
