package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/// A real Prometheus with the rules of `k8s`, which scrapes every second.
public final class PrometheusServer implements AutoCloseable {

  private static final Path K8S = ServerProgram.root().resolve("k8s");
  private static final Path RULES = K8S.resolve("components/monitoring/rules.yaml");
  private static final Pattern RECORD = Pattern.compile("- record: (\\S+)");

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

  /// What the panels of all dashboards ask, by file and title.
  public static Map<String, String> panels() throws IOException {
    Map<String, String> queries = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(K8S.resolve("dashboards"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        for (Object each : new JsonObject(Files.readString(file)).getJsonArray("panels")) {
          var panel = (JsonObject) each;
          for (Object target : panel.getJsonArray("targets", new JsonArray())) {
            String query = ((JsonObject) target).getString("expr");
            queries.put(file.getFileName() + ": " + panel.getString("title") + ": " + query, query);
          }
        }
      }
    }
    return queries;
  }

  /// What there is now, one object a series.
  public JsonArray ask(String query) {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/query?query=" + encoded);
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer =
          new JsonObject(
              client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
      assertThat(answer.getString("status")).as(query + ": " + answer).isEqualTo("success");
      return answer.getJsonObject("data").getJsonArray("result");
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
