package io.wishbone.it.reliability;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A number to reach, as `reliability/figures.txt` has it.
///
/// @param anchor what others reach
/// @param goal word for word
/// @param measured the number, the median of several runs, empty when nobody has measured it
/// @param spread how many runs, and how far they were apart
/// @param verdict begins with `met`, `missed` or `partly`; empty when nobody has measured it
/// @param how by which test or command
record Figure(
    String id,
    String what,
    String anchor,
    String goal,
    String measured,
    String spread,
    String verdict,
    String how) {

  private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]+)(?:#(\\w+))?`");

  static List<Figure> all() {
    return Lesson.lines("figures.txt").map(Figure::parse).toList();
  }

  private static Figure parse(String line) {
    List<String> parts = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
    if (parts.size() != 8) {
      throw new IllegalArgumentException("not eight columns: " + line);
    }
    return new Figure(
        parts.get(0),
        parts.get(1),
        parts.get(2),
        parts.get(3),
        parts.get(4),
        parts.get(5),
        parts.get(6),
        parts.get(7));
  }

  /// The classes that it says it was measured by.
  List<String> classes() {
    return CLASS.matcher(how).results().map(found -> found.group(1)).toList();
  }

  boolean isMeasured() {
    return !measured.isEmpty();
  }
}
