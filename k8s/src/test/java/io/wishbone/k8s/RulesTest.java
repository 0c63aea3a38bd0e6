package io.wishbone.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Alerts fire when they should, and what rules and dashboards ask Prometheus for is there.
class RulesTest {

  private static final Path RESOURCE = Tool.room().resolve("components/monitoring/rules.yaml");
  private static final Path RULES = Tool.room().resolve("target/rules.yaml");
  private static final Path TESTS = Tool.room().resolve("rules-tests/alerts.yaml");
  private static final Path PAGE = Tool.room().resolve("../docs/metrics.md");
  private static final Pattern NAME = Pattern.compile("\\bwishbone[a-z0-9_:]*[a-z0-9]");
  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");
  private static final YAMLMapper YAML = new YAMLMapper();

  private final JsonNode groups = groups();

  private static JsonNode groups() {
    try {
      return Manifest.read(Files.readString(RESOURCE)).getFirst().json().at("/spec/groups");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @BeforeEach
  void takeRulesOutOfTheirResource() throws IOException {
    Files.createDirectories(RULES.getParent());
    Files.writeString(RULES, YAML.writeValueAsString(Map.of("groups", groups)));
  }

  @Test
  void rulesAreValid() {
    assertThat(Tool.PROMTOOL.run(List.of("check", "rules", "target/rules.yaml")))
        .contains("SUCCESS");
  }

  @Test
  void alertsFireWhenTheyShould() {
    assertThat(Tool.PROMTOOL.run(List.of("test", "rules", "rules-tests/alerts.yaml")))
        .contains("SUCCESS");
  }

  @Test
  void everyAlertIsTestedAndExplained() throws IOException {
    Set<String> fired = fired(YAML.readTree(Files.readString(TESTS)));
    List<JsonNode> alerts = rules().filter(rule -> rule.has("alert")).toList();
    assertThat(alerts).hasSizeGreaterThan(10);
    for (JsonNode alert : alerts) {
      String name = alert.path("alert").asText();
      assertThat(fired).contains(name);
      assertThat(alert.at("/annotations/summary").asText()).as(name).isNotEmpty();
      assertThat(alert.at("/annotations/description").asText()).as(name).isNotEmpty();
      assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning", "info");
    }
  }

  @Test
  void aTestThatOnlyExpectsSilenceDoesNotCount() throws IOException {
    JsonNode silent = YAML.readTree("tests: [{alert_rule_test: [{alertname: A, exp_alerts: []}]}]");
    assertThat(fired(silent)).isEmpty();
  }

  /// The alerts that some test expects to fire.
  private static Set<String> fired(JsonNode file) {
    Set<String> fired = new TreeSet<>();
    for (JsonNode test : file.path("tests")) {
      for (JsonNode alert : test.path("alert_rule_test")) {
        if (!alert.path("exp_alerts").isEmpty()) {
          fired.add(alert.path("alertname").asText());
        }
      }
    }
    return fired;
  }

  @Test
  void rulesAskForMetricsThatThereAre() throws IOException {
    for (JsonNode rule : rules().toList()) {
      assertKnown(rule.path("expr").asText());
    }
  }

  @Test
  void dashboardsAskForMetricsThatThereAre() throws IOException {
    Map<String, String> queries = queries();
    assertThat(queries).hasSizeGreaterThan(25);
    for (String query : queries.values()) {
      assertKnown(query);
    }
  }

  /// What is offered at the head of a dashboard are the values that a label of a metric has.
  @Test
  void dashboardsLetChooseByLabelsThatThereAre() throws IOException {
    Map<String, String> choices = choices();
    assertThat(choices).hasSizeGreaterThan(4);
    String page = Files.readString(PAGE);
    for (String choice : choices.values()) {
      Matcher parts = LABEL_VALUES.matcher(choice);
      assertThat(parts.matches()).as(choice).isTrue();
      assertKnown(parts.group(1));
      String name = parts.group(1).replaceFirst("\\{.*", "");
      assertThat(page)
          .as(choice)
          .containsPattern(
              "(?m)^\\| `" + name + "` \\| gauge \\| [^|]*\\b" + parts.group(2) + "\\b");
    }
  }

  /// What dashboards let people choose, under a name of its own each.
  private static Map<String, String> choices() throws IOException {
    Map<String, String> choices = new LinkedHashMap<>();
    for (JsonNode board : dashboards()) {
      for (JsonNode variable : board.at("/templating/list")) {
        if (variable.path("type").asText().equals("query")) {
          String name = board.path("uid").asText() + "_" + variable.path("name").asText();
          choices.put(name.replace('-', '_'), variable.path("query").asText());
        }
      }
    }
    return choices;
  }

  /// As rules to record, since promtool reads those.
  @Test
  void dashboardsAskInValidPromql() throws IOException {
    List<Map<String, String>> rules = new ArrayList<>();
    Map<String, String> all = queries();
    choices()
        .forEach((name, choice) -> all.put(name, LABEL_VALUES.matcher(choice).replaceFirst("$1")));
    all.forEach((name, query) ->
        rules.add(Map.of("record", "panel:" + name, "expr", query.replace("$node", "a"))));
    Path file = Tool.room().resolve("target/panels.yaml");
    Files.writeString(
        file,
        YAML.writeValueAsString(
            Map.of("groups", List.of(Map.of("name", "panels", "rules", rules)))));
    assertThat(Tool.PROMTOOL.run(List.of("check", "rules", "target/panels.yaml")))
        .contains("SUCCESS");
  }

  /// Else it shows the sum of all, under the name of one.
  @Test
  void theDashboardOfANodeShowsThatNodeOnly() throws IOException {
    Map<String, String> queries = queries();
    queries.keySet().removeIf(name -> !name.startsWith("wishbone_node"));
    assertThat(queries).hasSizeGreaterThan(10);
    queries.forEach((name, query) ->
        assertThat(List.of(query.split("wishbone[_:]", -1)))
            .as(name)
            .hasSize(2)
            .last()
            .asString()
            .contains("{node=\"$node\"}"));
  }

  /// What nodes show of themselves can be narrowed down to a region.
  @Test
  void theDashboardOfViewersIsOfARegion() throws IOException {
    Map<String, String> queries = queries();
    queries.keySet().removeIf(name -> !name.startsWith("wishbone_viewers"));
    assertThat(queries).hasSizeGreaterThan(10);
    queries.forEach((name, query) ->
        assertThat(query.split("wishbone_", -1).length)
            .as(name + ": " + query)
            .isEqualTo(query.split("region=~\"\\$region\"", -1).length));
  }

  private void assertKnown(String query) throws IOException {
    Set<String> known = new TreeSet<>();
    rules().forEach(rule -> known.add(rule.path("record").asText()));
    Matcher families =
        Pattern.compile("(?m)^\\| `(wishbone_[a-z0-9_]+)` \\| (\\w+)")
            .matcher(Files.readString(PAGE));
    while (families.find()) {
      String name = families.group(1);
      if (families.group(2).equals("histogram")) {
        known.addAll(List.of(name + "_bucket", name + "_count", name + "_sum"));
      } else if (families.group(2).equals("summary")) {
        known.addAll(List.of(name + "_count", name + "_sum"));
      } else {
        known.add(name);
      }
    }
    Matcher names = NAME.matcher(query.replaceAll("\"[^\"]*\"", ""));
    while (names.find()) {
      assertThat(known).as(query).contains(names.group());
    }
  }

  private Stream<JsonNode> rules() {
    return Manifest.elements(groups).flatMap(group -> Manifest.elements(group.path("rules")));
  }

  /// Every query of every dashboard, under a name of its own.
  private static Map<String, String> queries() throws IOException {
    Map<String, String> queries = new LinkedHashMap<>();
    for (JsonNode board : dashboards()) {
      for (JsonNode panel : board.path("panels")) {
        for (JsonNode target : panel.path("targets")) {
          String name =
              (board.path("uid").asText() + panel.path("id") + target.path("refId").asText())
                  .replace('-', '_');
          assertThat(queries.put(name, target.path("expr").asText())).as(name).isNull();
        }
      }
    }
    return queries;
  }

  private static List<JsonNode> dashboards() throws IOException {
    List<JsonNode> boards = new ArrayList<>();
    try (Stream<Path> files = Files.list(Tool.room().resolve("dashboards"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        JsonNode board = json(file);
        assertThat(board.path("uid").asText()).startsWith("wishbone-");
        boards.add(board);
      }
    }
    return boards;
  }

  private static JsonNode json(Path file) throws IOException {
    try {
      return new ObjectMapper().readTree(Files.readString(file));
    } catch (JsonProcessingException failure) {
      throw new AssertionError(file + ": " + failure.getMessage(), failure);
    }
  }
}
