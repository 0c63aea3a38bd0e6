package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/// A real Prometheus with the rules of `k8s`, which scrapes every second.
public final class PrometheusServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Path K8S = ServerProgram.root().resolve("k8s");
  private static final Path RULES = K8S.resolve("components/monitoring/rules.yaml");
  private static final Pattern RECORD = Pattern.compile("- record: (\\S+)");
  private static final Pattern ALERT = Pattern.compile("- alert: (\\S+)");
  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");

  private final Process process;
  private final int port;

  private PrometheusServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Ends the class of tests where there is none.
  ///
  /// @param scrapeConfigs as the configuration has them, without indentation
  public static PrometheusServer start(String scrapeConfigs) throws IOException {
    Path program = program();
    Path home = Files.createTempDirectory("wishbone-prometheus");
    Files.writeString(home.resolve("rules.yml"), rules());
    Files.writeString(
        home.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 1s, evaluation_interval: 1s}
        rule_files: [rules.yml]
        scrape_configs:
        """
            + scrapeConfigs.indent(2));
    int port = FreePorts.tcp();
    return new PrometheusServer(
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + home.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + home.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("log.txt").toFile())
            .start(),
        port);
  }

  private static Path program() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(folder -> Path.of(folder, "prometheus"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(PrometheusServer::missing);
  }

  private static RuntimeException missing() {
    String what = "no prometheus on the PATH";
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(what + ", and CI=true needs it");
    }
    return new TestAbortedException(what);
  }

  /// The groups of the resource, as a file of their own.
  private static String rules() throws IOException {
    String resource = Files.readString(RULES);
    return resource.substring(resource.indexOf("  groups:")).indent(-2);
  }

  /// The names of all recording rules.
  public static List<String> records() throws IOException {
    return RECORD.matcher(Files.readString(RULES)).results().map(each -> each.group(1)).toList();
  }

  /// The names of all alerts.
  public static List<String> alerts() throws IOException {
    return ALERT.matcher(Files.readString(RULES)).results().map(each -> each.group(1)).toList();
  }

  /// What people choose from at the head of a dashboard.
  ///
  /// @param selector of series
  /// @param label of theirs whose values are offered
  public record Choice(String selector, String label) {}

  /// What all dashboards let people choose, by file and name.
  public static Map<String, Choice> choices() throws IOException {
    Map<String, Choice> choices = new LinkedHashMap<>();
    for (Path file : dashboards()) {
      var all = new JsonObject(Files.readString(file)).getJsonObject("templating");
      for (Object each : all.getJsonArray("list")) {
        var variable = (JsonObject) each;
        if (variable.getString("type").equals("query")) {
          Matcher query = LABEL_VALUES.matcher(variable.getString("query"));
          assertThat(query.matches()).as(file + ": " + variable).isTrue();
          choices.put(
              file.getFileName() + ": " + variable.getString("name"),
              new Choice(query.group(1), query.group(2)));
        }
      }
    }
    return choices;
  }

  private static List<Path> dashboards() throws IOException {
    try (Stream<Path> files = Files.list(K8S.resolve("dashboards"))) {
      return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
    }
  }

  /// What the panels of all dashboards ask, by file and title.
  public static Map<String, String> panels() throws IOException {
    Map<String, String> queries = new LinkedHashMap<>();
    for (Path file : dashboards()) {
      for (Object each : new JsonObject(Files.readString(file)).getJsonArray("panels")) {
        var panel = (JsonObject) each;
        for (Object target : panel.getJsonArray("targets", new JsonArray())) {
          String query = ((JsonObject) target).getString("expr");
          queries.put(file.getFileName() + ": " + panel.getString("title") + ": " + query, query);
        }
      }
    }
    return queries;
  }

  /// What there is now, one object a series.
  public JsonArray ask(String query) {
    return get("query?query=", query).getJsonObject("data").getJsonArray("result");
  }

  /// The values that a label has in the series that a selector takes.
  public Set<String> values(Choice choice) {
    Set<String> values = new TreeSet<>();
    for (Object each : get("series?match[]=", choice.selector()).getJsonArray("data")) {
      String value = ((JsonObject) each).getString(choice.label());
      assertThat(value).as(choice + ": " + each).isNotEmpty();
      values.add(value);
    }
    return values;
  }

  /// Waits until every rule, alerts included, was evaluated without an error. One that cannot be
  /// evaluated says nothing, and an alert that says nothing looks like one that does not fire.
  public void assertRulesAreHealthy() throws IOException {
    List<String> all = new ArrayList<>(records());
    all.addAll(alerts());
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(health())
                .containsOnlyKeys(all)
                .allSatisfy((rule, health) -> assertThat(health).as(rule).isEqualTo("ok")));
  }

  /// How the last evaluation of each rule went: `ok`, or what was wrong with it.
  private Map<String, String> health() {
    Map<String, String> health = new TreeMap<>();
    for (Object group : get("rules", "").getJsonObject("data").getJsonArray("groups")) {
      for (Object each : ((JsonObject) group).getJsonArray("rules")) {
        var rule = (JsonObject) each;
        health.put(
            rule.getString("name"), rule.getString("health") + rule.getString("lastError", ""));
      }
    }
    return health;
  }

  private JsonObject get(String path, String text) {
    String query = (path + URLEncoder.encode(text, StandardCharsets.UTF_8)).replace("[]", "%5B%5D");
    URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/" + query);
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer =
          new JsonObject(
              client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
      assertThat(answer.getString("status")).as(text + ": " + answer).isEqualTo("success");
      return answer;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// The value of the one series.
  public double value(String query) {
    JsonArray result = ask(query);
    assertThat(result).as(query).hasSize(1);
    return Double.parseDouble(result.getJsonObject(0).getJsonArray("value").getString(1));
  }

  /// What all series have as this label.
  public List<String> labels(String query, String label) {
    List<String> all = new ArrayList<>();
    for (Object each : ask(query)) {
      all.add(((JsonObject) each).getJsonObject("metric").getString(label));
    }
    return all;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
