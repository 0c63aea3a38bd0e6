package io.wishbone.control;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/// Names a stream: what one publisher sends and many subscribers watch. A single path segment of
/// unreserved characters, so that it means the same in a URL, in a token and in a log line.
public record StreamName(@JsonValue String value) {

  private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~-]{0,127}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public StreamName {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not a stream name");
    }
  }

  public static boolean isValid(String text) {
    return PATTERN.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
