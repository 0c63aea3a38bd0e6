package io.wishbone.signaling.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.auth.StreamKey;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.store.RevocationKind;
import io.wishbone.store.RevocationRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What is to be revoked: `{"subject": "alice", "seconds": 3600}`, or `key` or `stream` in the
/// place of `subject`.
///
/// @param lifespan after which the revocation is forgotten
record RevocationOrder(RevocationKind kind, String value, Duration lifespan) {

  static final Duration LONGEST = Duration.ofDays(31);

  private static final Duration USUAL = Duration.ofDays(1);
  private static final int MAX_LENGTH = 4 * 1024;
  private static final int MAX_SUBJECT_LENGTH = 256;
  private static final String SECONDS = "seconds";
  private static final Set<String> NAMES = Set.of("subject", "key", "stream", SECONDS);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /// @throws ProblemException 400 that says what is wrong, 413 when there is too much of it
  static RevocationOrder parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw ProblemException.tooLarge("a revocation has at most " + MAX_LENGTH + " characters");
    }
    JsonNode object = object(text);
    for (String name : (Iterable<String>) object::fieldNames) {
      require(NAMES.contains(name), "a revocation has subject, key or stream, and seconds");
    }
    List<RevocationKind> kinds =
        Stream.of(RevocationKind.values()).filter(kind -> object.has(kind.word())).toList();
    require(kinds.size() == 1, "name one of subject, key and stream");
    RevocationKind kind = kinds.getFirst();
    JsonNode value = object.path(kind.word());
    require(
        value.isTextual() && isValid(kind, value.textValue()), "the " + kind.word() + " is none");
    return new RevocationOrder(kind, value.textValue(), lifespan(object.path(SECONDS)));
  }

  RevocationRecord at(Instant now) {
    return new RevocationRecord(kind, value, now, now.plus(lifespan));
  }

  private static JsonNode object(String text) {
    try {
      JsonNode object = JSON.readTree(text);
      require(object.isObject(), "the body is no JSON object");
      return object;
    } catch (JsonProcessingException _) {
      throw ProblemException.malformed("the body is no JSON object");
    }
  }

  private static boolean isValid(RevocationKind kind, String value) {
    return switch (kind) {
      case SUBJECT ->
          !value.isBlank()
              && value.length() <= MAX_SUBJECT_LENGTH
              && value.chars().noneMatch(Character::isISOControl);
      case KEY -> StreamKey.isId(value);
      case STREAM -> StreamName.isValid(value);
    };
  }

  private static Duration lifespan(JsonNode seconds) {
    if (seconds.isMissingNode()) {
      return USUAL;
    }
    require(
        seconds.isIntegralNumber()
            && seconds.canConvertToInt()
            && seconds.intValue() >= 1
            && seconds.intValue() <= LONGEST.toSeconds(),
        "seconds is a number from 1 to " + LONGEST.toSeconds());
    return Duration.ofSeconds(seconds.intValue());
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw ProblemException.malformed(rule);
    }
  }
}
