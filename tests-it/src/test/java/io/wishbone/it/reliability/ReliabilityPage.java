package io.wishbone.it.reliability;

import java.util.List;
import java.util.stream.Collectors;

/// docs/reliability.md, made of the lessons and the figures.
final class ReliabilityPage {
  private static final String HEAD =
      """
      # Reliability and security

      What other servers fell for, the rule that follows, and the tests that show that this server keeps it; then figures, measured or
      not yet. Generated from `tests-it/src/test/resources/reliability`: do not edit. `ReliabilityPageTest` fails when this page is
      stale and when a test is not there; it leaves a fresh page in `tests-it/target/reliability.md`, to be copied here.

      ## Lessons
      """;

  private static final String FIGURES =
      """

      ## Figures

      What is not measured says so: it is a goal, and no claim. Two cores, shared with other work unless it says otherwise; where a
      figure comes from a simulation, time is simulated and the code is real. Of several runs the median is given, and how far apart
      they were; *runs* counts those of the part that was measured least often. *Met* takes three of them, or says how many it were.
      Tests that end in `InCluster` run with `./wishbone cluster-test`.
      """;

  private ReliabilityPage() {}

  static String of(List<Lesson> lessons, List<Figure> figures) {
    var page = new StringBuilder(HEAD);
    page.append("\n| area | rule | who fell | shown by |\n|---|---|---|---|\n");
    for (Lesson lesson : lessons) {
      page.append(row(lesson.area(), lesson.rule(), lesson.victims(), shown(lesson)));
    }
    page.append(FIGURES);
    page.append("\n| figure | others | goal | measured | runs | spread | met | how |\n");
    page.append("|---|---|---|---|---|---|---|---|\n");
    for (Figure figure : figures) {
      page.append(
          row(
              figure.id() + " " + figure.what(),
              figure.anchor(),
              figure.goal(),
              figure.isMeasured() ? figure.measured() : "not yet",
              figure.isMeasured() ? Integer.toString(figure.runs()) : "",
              figure.spread(),
              figure.reached(),
              figure.how()));
    }
    return page.toString();
  }

  private static String shown(Lesson lesson) {
    String tests =
        lesson.tests().stream()
            .map(test -> "`" + test.replaceFirst("^.*\\.", "") + "`")
            .collect(Collectors.joining(", "));
    if (lesson.missing().isEmpty()) {
      return tests;
    }
    return (tests.isEmpty() ? "" : tests + ". ") + "**Not shown:** " + lesson.missing();
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }
}
