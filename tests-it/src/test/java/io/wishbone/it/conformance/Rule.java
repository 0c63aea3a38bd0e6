package io.wishbone.it.conformance;

import java.util.List;

/// One rule of the catalogue.
///
/// @param chapter the heading that it stands under
/// @param id a letter and a number, `W25`
/// @param elsewhere tests in other places that show it, as `package.class#method`
/// @param untested why there is no test, empty when there is one
record Rule(
    String chapter,
    String id,
    String section,
    String strength,
    String sentence,
    List<String> elsewhere,
    String untested) {

  private static final String NOT_TESTED = "not tested: ";

  static Rule parse(String chapter, String line) {
    String[] parts = line.split("\\|", -1);
    if (parts.length != 5) {
      throw new IllegalArgumentException("not five columns: " + line);
    }
    String last = parts[4].strip();
    boolean isUntested = last.startsWith(NOT_TESTED);
    return new Rule(
        chapter,
        parts[0].strip(),
        parts[1].strip(),
        parts[2].strip(),
        parts[3].strip(),
        isUntested || last.isEmpty() ? List.of() : List.of(last.split("\\s+")),
        isUntested ? last.substring(NOT_TESTED.length()) : "");
  }
}
