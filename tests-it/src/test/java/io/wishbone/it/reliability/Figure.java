package io.wishbone.it.reliability;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A number to reach, as `reliability/figures.txt` has it.
///
/// @param anchor what others reach
/// @param goal word for word
/// @param measured the number, the median of several runs, empty when nobody has measured it
/// @param runs of the part of it that was measured least often; 0 when nobody has measured it
/// @param spread how far the runs were apart, and what else is to be known of them
/// @param verdict begins with `met`, `missed` or `partly`; empty when nobody has measured it
/// @param how by which test or command
record Figure(
    String id,
    String what,
    String anchor,
    String goal,
    String measured,
    int runs,
    String spread,
    String verdict,
    String how) {

  /// With fewer of them nobody knows how far apart they are.
  private static final int ENOUGH_RUNS = 3;

  private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z0-9]+)(?:#(\\w+))?`");

  static List<Figure> all() {
    return Lesson.lines("figures.txt").map(Figure::parse).toList();
  }

  private static Figure parse(String line) {
    List<String> parts = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
    if (parts.size() != 9) {
      throw new IllegalArgumentException("not nine columns: " + line);
    }
    return new Figure(
        parts.get(0),
        parts.get(1),
        parts.get(2),
        parts.get(3),
        parts.get(4),
        parts.get(5).isEmpty() ? 0 : Integer.parseInt(parts.get(5)),
        parts.get(6),
        parts.get(7),
        parts.get(8));
  }

  /// The classes that it says it was measured by.
  List<String> classes() {
    return CLASS.matcher(how).results().map(found -> found.group(1)).toList();
  }

  boolean isMeasured() {
    return !measured.isEmpty();
  }

  /// The verdict, with the number of runs where it is met by too few.
  String reached() {
    return runs < ENOUGH_RUNS
        ? verdict.replaceFirst(
            "^met\\b", runs == 1 ? "met, of one run" : "met, of " + runs + " runs")
        : verdict;
  }
}
