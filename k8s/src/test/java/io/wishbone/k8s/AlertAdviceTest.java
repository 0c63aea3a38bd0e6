package io.wishbone.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What alerts advise can be done: who is woken at night has no time to find out that it cannot.
class AlertAdviceTest {

  private static final Pattern OPERATION =
      Pattern.compile("\\b(GET|POST|PUT|PATCH|DELETE) (/api/[A-Za-z0-9_{}/-]*)");
  private static final Pattern SETTING = Pattern.compile("\\bWISHBONE_[A-Z0-9_]+");
  private static final Pattern METRIC = Pattern.compile("\\bwishbone_[a-z0-9_]+");
  private static final Path API =
      Tool.room()
          .resolve(
              "../signaling-service/src/main/resources/META-INF/resources/api/v1/openapi.json");

  @Test
  void itsOperationsAreThoseOfTheApi() throws IOException {
    JsonNode paths = new ObjectMapper().readTree(Files.readString(API)).path("paths");
    List<MatchResult> operations = all(OPERATION);
    assertThat(operations).isNotEmpty();
    for (MatchResult operation : operations) {
      assertThat(paths.path(operation.group(2)).path(operation.group(1).toLowerCase(Locale.ROOT)))
          .as(operation.group())
          .isNotEmpty();
    }
  }

  @Test
  void itsSettingsAreReadInACluster() throws IOException {
    String page = Files.readString(Tool.room().resolve("../docs/configuration.md"));
    List<MatchResult> settings = all(SETTING);
    assertThat(settings).isNotEmpty();
    for (MatchResult setting : settings) {
      assertThat(page.lines().filter(line -> line.contains("| `" + setting.group() + "` |")))
          .as(setting.group())
          .hasSize(1)
          .first()
          .asString()
          .containsPattern("\\| [^|]*(?:signaling|media)[^|]* \\|$")
          .doesNotContain("server of one process");
    }
  }

  @Test
  void itsMetricsAreThere() throws IOException {
    String page = Files.readString(Tool.room().resolve("../docs/metrics.md"));
    List<MatchResult> metrics = all(METRIC);
    assertThat(metrics).isNotEmpty();
    for (MatchResult metric : metrics) {
      assertThat(page).contains("| `" + metric.group() + "` |");
    }
  }

  /// Where annotations of alerts have it.
  private static List<MatchResult> all(Pattern pattern) {
    return Overlay.SINGLE_REGION.of("PrometheusRule").stream()
        .flatMap(rules -> Manifest.elements(rules.json().at("/spec/groups")))
        .flatMap(group -> Manifest.elements(group.path("rules")))
        .map(rule -> Manifest.strings(rule.path("annotations")))
        .map(Map::values)
        .flatMap(texts -> texts.stream().flatMap(text -> pattern.matcher(text).results()))
        .toList();
  }
}
