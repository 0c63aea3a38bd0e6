package io.wishbone.app.program;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;

/// Finds what somebody probably meant.
final class ClosestName {

  private ClosestName() {}

  /// The name that takes the fewest edits to get to.
  static String to(String typed, Collection<String> names) {
    return names.stream().min(Comparator.comparingInt(name -> distance(typed, name))).orElseThrow();
  }

  /// Counts letters to add and to take away. A replacement counts as both, so that `--port` is
  /// closer to `--http-port` than to another short word.
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    Arrays.setAll(row, column -> column);
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 2);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
