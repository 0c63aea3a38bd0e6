package io.wishbone.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.it.ServerProgram;
import io.wishbone.it.TestSources;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every rule has a test, every test a rule, and docs/conformance.md says so.
///
/// When rules or tests change: run, look at `target/conformance.md`, copy it to `docs`.
class ConformancePageTest {
  private static final Path ROOT = ServerProgram.root();
  private static final Path FRESH = Path.of("target", "conformance.md");

  private final List<Rule> rules = RuleCatalogue.read();
  private final Map<String, List<String>> tests = ConformanceTests.byRule();

  @Test
  void thePageIsFresh() throws IOException {
    String page = ConformancePage.of(rules, tests);
    Files.createDirectories(FRESH.getParent());
    Files.writeString(FRESH, page);

    assertThat(Files.readString(ROOT.resolve("docs/conformance.md")))
        .as("copy tests-it/target/conformance.md to docs")
        .isEqualTo(page);
  }

  @Test
  void everyRuleHasATestOrAReasonForNone() {
    assertThat(rules).extracting(Rule::id).doesNotHaveDuplicates().hasSize(130);
    for (Rule rule : rules) {
      boolean isShown = tests.containsKey(rule.id()) || !rule.elsewhere().isEmpty();
      assertThat(isShown).as(rule.id()).isEqualTo(rule.untested().isEmpty());
      assertThat(rule.sentence()).as(rule.id()).endsWith(".");
    }
  }

  @Test
  void everyTestNamesARule() {
    assertThat(rules).extracting(Rule::id).containsAll(tests.keySet());
    for (Class<?> type : ConformanceTests.CLASSES) {
      for (Method method : type.getDeclaredMethods()) {
        assertThat(ConformanceTests.isTest(method) && rulesOf(method).isEmpty())
            .as(type.getSimpleName() + "#" + method.getName())
            .isFalse();
      }
    }
  }

  @Test
  void allClassesOfThePackageAreKnown() throws IOException {
    Path here = ROOT.resolve("tests-it/src/test/java/io/wishbone/it/conformance");
    try (Stream<Path> files = Files.list(here)) {
      assertThat(
              files.map(file -> file.getFileName().toString()).filter(f -> f.endsWith("IT.java")))
          .containsExactlyInAnyOrderElementsOf(
              ConformanceTests.CLASSES.stream()
                  .map(type -> type.getSimpleName() + ".java")
                  .toList());
    }
  }

  @Test
  void testsElsewhereAreThere() throws IOException {
    for (Rule rule : rules) {
      for (String test : rule.elsewhere()) {
        assertThat(TestSources.fault(test)).as(rule.id() + " " + test).isEmpty();
      }
    }
  }

  private static List<String> rulesOf(Method method) {
    return ConformanceTests.rules(method.getName());
  }
}
