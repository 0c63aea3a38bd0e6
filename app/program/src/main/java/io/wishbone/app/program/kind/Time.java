package io.wishbone.app.program.kind;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long something may take.
public record Time(Duration least, Duration most) implements ValueKind {

  private static final Pattern PATTERN = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

  @Override
  public String label() {
    return "TIME";
  }

  @Override
  public String allowed() {
    return "a time from " + spoken(least) + " to " + spoken(most) + ", such as 7s or 1500ms";
  }

  @Override
  public boolean accepts(String value) {
    if (!PATTERN.matcher(value).matches()) {
      return false;
    }
    Duration time = read(value);
    return time.compareTo(least) >= 0 && time.compareTo(most) <= 0;
  }

  /// A value that was accepted.
  public static Duration read(String value) {
    Matcher matcher = PATTERN.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a time");
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }

  private static String spoken(Duration time) {
    if (time.toMillisPart() != 0) {
      return time.toMillis() + "ms";
    }
    return time.toSeconds() % 60 == 0 && !time.isZero()
        ? time.toMinutes() + "m"
        : time.toSeconds() + "s";
  }
}
