package io.wishbone.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Prometheus is led to where metrics are.
class MonitoringTest {

  private static final int MOST_STREAMS = 20;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
  void everyPortWithMetricsIsScraped(Overlay overlay) {
    JsonNode monitor = overlay.one("ServiceMonitor", "wishbone").json().path("spec");
    for (JsonNode endpoint : monitor.path("endpoints")) {
      String port = endpoint.path("port").asText();
      assertThat(overlay.of("Service"))
          .as("a Service with port " + port + " that the monitor selects")
          .anyMatch(service ->
              monitor
                      .at("/selector/matchExpressions/0/values")
                      .toString()
                      .contains(
                          "\""
                              + service
                                  .json()
                                  .at("/metadata/labels/app.kubernetes.io~1name")
                                  .asText()
                              + "\"")
                  && Manifest.elements(service.json().at("/spec/ports"))
                      .anyMatch(each -> each.path("name").asText().equals(port)));
    }
    assertThat(monitor.path("endpoints").size()).isEqualTo(2);
  }

  /// The optional component, by which the dashboard of streams is filled.
  @Test
  void streamsAreAskedForWhereSignallingIs() throws IOException {
    JsonNode scrape =
        Manifest.read(
                Files.readString(
                    Tool.room().resolve("components/stream-metrics/scrape-config.yaml")))
            .getFirst()
            .json()
            .path("spec");
    Manifest service = Overlay.SINGLE_REGION.one("Service", "wishbone-signaling");
    assertThat(scrape.at("/staticConfigs/0/targets/0").asText())
        .isEqualTo(
            service.name()
                + "."
                + service.json().at("/metadata/namespace").asText()
                + ".svc:"
                + service.json().at("/spec/ports/0/port").asInt());
    String page = Files.readString(Tool.room().resolve("../docs/metrics.md"));
    assertThat(page).contains("metrics_path: " + scrape.path("metricsPath").asText());
    assertThat(scrape.at("/params/stream").size()).isBetween(1, MOST_STREAMS);
    String readme = Files.readString(Tool.room().resolve("README.md"));
    assertThat(readme)
        .contains("secret generic " + scrape.at("/authorization/credentials/name").asText() + " ");
    assertThat(readme)
        .contains("--from-literal=" + scrape.at("/authorization/credentials/key").asText() + "=");
  }
}
