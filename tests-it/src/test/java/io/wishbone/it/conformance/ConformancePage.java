package io.wishbone.it.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// docs/conformance.md, made of the catalogue and the names of the tests.
final class ConformancePage {
  private static final String HEAD =
      """
      # Conformance

      Every rule of RFC 9725 (WHIP), of draft-ietf-wish-whep (WHEP) and of its two extensions that touches a server, in a sentence of
      ours, and the tests that show it. Generated from `tests-it/src/test/resources/conformance/rules.txt` and the names of the test methods: do not edit.
      `ConformancePageTest` fails when this page is stale, when a rule has no test, and when a test names a rule that is not there; it
      leaves a fresh page in `tests-it/target/conformance.md`, to be copied here.

      Tests whose names begin with a rule, as in `w8_`, are in `tests-it`, package `io.wishbone.it.conformance`: HTTP against the packaged
      server with its media node. Other classes that end in `IT` are in `tests-it` too, most of them with browsers or with several servers;
      those that end in `InCluster` need Kafka and Infinispan and run with the profile `cluster`. All others are simulations and tests of
      one room, where a rule shows better.

      `HttpSurfaceIT`, `PatchIT`, `WhepIT` and `ExtensionsIT` run three times: over HTTP/1.1, over HTTP/1.1 with TLS, and over HTTP/2.
      """;

  private ConformancePage() {}

  static String of(List<Rule> rules, Map<String, List<String>> tests) {
    StringBuilder page = new StringBuilder(HEAD);
    String chapter = "";
    for (Rule rule : rules) {
      if (!rule.chapter().equals(chapter)) {
        chapter = rule.chapter();
        page.append("\n## ").append(chapter).append("\n\n");
        page.append(
            "| rule | section | strength | what it demands | shown by |\n|---|---|---|---|---|\n");
      }
      page.append("| ")
          .append(
              String.join(
                  " | ",
                  rule.id(),
                  rule.section(),
                  rule.strength(),
                  rule.sentence(),
                  shownBy(rule, tests.getOrDefault(rule.id(), List.of()))))
          .append(" |\n");
    }
    return page.toString();
  }

  private static String shownBy(Rule rule, List<String> tests) {
    if (!rule.untested().isEmpty()) {
      return "not tested: " + rule.untested();
    }
    List<String> all = new ArrayList<>(tests);
    rule.elsewhere().forEach(test -> all.add(test.replaceFirst("^.*\\.", "")));
    return String.join(", ", all.stream().map(test -> "`" + test + "`").toList());
  }
}
