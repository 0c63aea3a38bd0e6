package io.wishbone.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a program may take has room in its container: the kernel ends it otherwise, with all of its
/// sessions, and nothing says why.
class MemoryTest {

  private static final long MIB = 1 << 20;

  /// @param reserveMib for what neither `-Xmx` nor `-XX:MaxDirectMemorySize` limit: classes, code,
  ///   stacks, the collector, native libraries. What was measured, and half as much again:
  ///   docs/operations.md, "Size"
  @ParameterizedTest
  @CsvSource({"StatefulSet, wishbone-media, 300", "Deployment, wishbone-signaling, 300"})
  void heapAndDirectMemoryAndTheRestFitIntoTheLimit(String kind, String name, long reserveMib) {
    for (Overlay overlay : Overlay.values()) {
      JsonNode container = overlay.one(kind, name).containers().getFirst();
      String options = option(container);
      long heap = bytes(options, "-Xmx");
      long direct = bytes(options, "-XX:MaxDirectMemorySize=");
      long limit = quantity(container.at("/resources/limits/memory").asText());
      assertThat(heap + direct + reserveMib * MIB)
          .as(overlay + " " + name + ": " + options)
          .isLessThanOrEqualTo(limit);
      assertThat(quantity(container.at("/resources/requests/memory").asText()))
          .isLessThanOrEqualTo(limit);
    }
  }

  private static String option(JsonNode container) {
    return Manifest.elements(container.path("env"))
        .filter(variable -> variable.path("name").asText().equals("JAVA_TOOL_OPTIONS"))
        .findFirst()
        .orElseThrow()
        .path("value")
        .asText();
  }

  private static long bytes(String options, String option) {
    Matcher matcher = Pattern.compile(Pattern.quote(option) + "([0-9]+)m(?: |$)").matcher(options);
    assertThat(matcher.find()).as(option + " in " + options).isTrue();
    return Long.parseLong(matcher.group(1)) * MIB;
  }

  private static long quantity(String text) {
    Matcher matcher = Pattern.compile("([0-9]+)(Mi|Gi)").matcher(text);
    assertThat(matcher.matches()).as(text).isTrue();
    return Long.parseLong(matcher.group(1)) * (matcher.group(2).equals("Gi") ? 1024 * MIB : MIB);
  }
}
