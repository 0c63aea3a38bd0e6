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

  /// @param variable that says how much the virtual machine may take
  /// @param reserveMib for what neither `-Xmx` nor `-XX:MaxDirectMemorySize` limit: classes, code,
  ///   stacks, the collector, native libraries. What was measured, and half as much again:
  ///   docs/operations.md, "Size"
  @ParameterizedTest
  @CsvSource({
    "StatefulSet, wishbone-media, JAVA_TOOL_OPTIONS, 300",
    "Deployment, wishbone-signaling, JAVA_TOOL_OPTIONS, 300",
    "StatefulSet, wishbone-kafka, KAFKA_HEAP_OPTS, 300",
    "StatefulSet, wishbone-infinispan, JAVA_OPTS, 300"
  })
  void heapAndDirectMemoryAndTheRestFitIntoTheLimit(
      String kind, String name, String variable, long reserveMib) {
    int found = 0;
    for (Overlay overlay : Overlay.values()) {
      for (Manifest workload : overlay.of(kind)) {
        if (workload.name().equals(name)) {
          JsonNode container = workload.containers().getFirst();
          String options = option(container, variable);
          long heap = bytes(options, "-Xmx");
          long direct = bytes(options, "-XX:MaxDirectMemorySize=");
          long limit = quantity(container.at("/resources/limits/memory").asText());
          assertThat(heap + direct + reserveMib * MIB)
              .as(overlay + " " + name + ": " + options)
              .isLessThanOrEqualTo(limit);
          assertThat(quantity(container.at("/resources/requests/memory").asText()))
              .isLessThanOrEqualTo(limit);
          found++;
        }
      }
    }
    assertThat(found).isEqualTo(name.matches(".*-(media|signaling)") ? Overlay.values().length : 1);
  }

  private static String option(JsonNode container, String name) {
    return Manifest.elements(container.path("env"))
        .filter(variable -> variable.path("name").asText().equals(name))
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
