package io.wishbone.it.reliability;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// A rule that others had to learn, as `reliability/lessons.txt` has it.
///
/// @param tests that show it, as `class#method`
/// @param missing what is not shown yet, possibly empty
record Lesson(String area, String rule, String victims, List<String> tests, String missing) {

  private static final Map<String, String> PREFIXES =
      Map.of(
          "webrtc.", "io.wishbone.webrtc.",
          "worker.", "io.wishbone.node.worker.",
          "signaling.", "io.wishbone.signaling.",
          "it.", "io.wishbone.it.");

  static List<Lesson> all() {
    return lines("lessons.txt").map(Lesson::parse).toList();
  }

  /// Those that say something.
  static Stream<String> lines(String resource) {
    try (InputStream in = Lesson.class.getResourceAsStream("/reliability/" + resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList().stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Lesson parse(String line) {
    String[] parts = line.split("\\|", -1);
    if (parts.length != 5) {
      throw new IllegalArgumentException("not five columns: " + line);
    }
    return new Lesson(
        parts[0].strip(),
        parts[1].strip(),
        parts[2].strip(),
        Stream.of(parts[3].strip().split(" +"))
            .filter(t -> !t.isEmpty())
            .map(Lesson::full)
            .toList(),
        parts[4].strip());
  }

  private static String full(String test) {
    return PREFIXES.entrySet().stream()
        .filter(prefix -> test.startsWith(prefix.getKey()))
        .map(prefix -> prefix.getValue() + test.substring(prefix.getKey().length()))
        .findFirst()
        .orElse(test);
  }
}
