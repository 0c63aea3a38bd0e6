package io.wishbone.it.reliability;

import java.util.List;

/// A number to reach, as `reliability/figures.txt` has it.
///
/// @param measured the number with its spread, empty when nobody has measured it
/// @param how by which test or command
record Figure(String id, String what, String goal, String measured, String how) {

  static List<Figure> all() {
    return Lesson.lines("figures.txt").map(Figure::parse).toList();
  }

  private static Figure parse(String line) {
    String[] parts = line.split("\\|", -1);
    if (parts.length != 5) {
      throw new IllegalArgumentException("not five columns: " + line);
    }
    return new Figure(
        parts[0].strip(), parts[1].strip(), parts[2].strip(), parts[3].strip(), parts[4].strip());
  }
}
