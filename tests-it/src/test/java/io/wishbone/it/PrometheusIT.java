package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.client.http.SignalingException;
import io.wishbone.client.load.HttpSignaling;
import io.wishbone.client.load.LoadPlan;
import io.wishbone.client.load.Swarm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A real Prometheus scrapes a running server, with the rules of `k8s`, and is asked everything
/// that the dashboards ask.
class PrometheusIT {

  @RegisterExtension static final RunningServer server = RunningServer.with("--demo", "true");

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /// What is empty on a server where nothing fails, and nobody looks at one node.
  private static final List<String> QUIET =
      List.of(
          "ALERTS",
          "wishbone:never_connected",
          "wishbone:request_errors",
          // One process has no Kafka.
          "wishbone_kafka_up",
          "wishbone_carrier_lost_messages",
          // What a publisher without loss is never asked for says nothing of the way to it.
          "wishbone_stream_round_trip_seconds_mean{stream=\"$stream\",role=\"publisher\"}");

  private static PrometheusServer prometheus;
  private static final int VIEWERS = 3;
  private static SignalingClient http;
  private static Swarm viewers;

  @BeforeAll
  static void start()
      throws IOException, InterruptedException, ExecutionException, SignalingException {
    prometheus =
        PrometheusServer.start(
            """
            - job_name: wishbone
              metrics_path: /q/metrics
              static_configs: [{targets: ['localhost:%1$d']}]
            - job_name: streams
              metrics_path: /api/v1/metrics
              params: {stream: [demo]}
              static_configs: [{targets: ['localhost:%1$d']}]
            """
                .formatted(server.console().getPort()));
    var plan = new LoadPlan(0, VIEWERS, 1_000, 30, VIEWERS, Duration.ZERO, 1, 1, true, 0);
    http = new SignalingClient(null);
    viewers = new Swarm(plan, new HttpSignaling(http, "", server.whep("demo").toString()), _ -> {});
    viewers.join(VIEWERS, VIEWERS);
    // Until one has ended, nothing counts what they end with.
    try (ClientParts parts = ClientParts.start("wishbone-prometheus", new SignalingClient(null))) {
      ChurningVisitor.watches(parts, server.whep("demo"), false, PATIENCE);
    }
  }

  @AfterAll
  static void stop() {
    if (viewers != null) {
      viewers.close();
      http.close();
    }
    if (prometheus != null) {
      prometheus.close();
    }
  }

  @Test
  void everyPanelShowsWhatThereIs() throws IOException {
    Map<String, String> queries = PrometheusServer.panels();
    assertThat(queries).hasSizeGreaterThan(25);
    endASession();
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> !prometheus.ask("wishbone:media_load:sum").isEmpty());
    queries.forEach((panel, template) -> {
      String query =
          template
              .replace("$node", "standalone")
              .replace("$region", ".*")
              .replace("$stream", "demo");
      if (QUIET.stream().anyMatch(template::contains)) {
        // Asked all the same: it has to be understood.
        prometheus.ask(query);
      } else {
        await().atMost(PATIENCE).alias(panel).until(() -> !prometheus.ask(query).isEmpty());
      }
    });
    // What is left out above would not be noticed if it said nothing about everything.
    assertThat(queries.values().stream().filter(q -> QUIET.stream().noneMatch(q::contains)))
        .hasSizeGreaterThan(queries.size() - 10);
    assertThat(prometheus.ask("wishbone_node_headroom{node=\"standalone\"}")).hasSize(1);
    assertThat(prometheus.value("sum(wishbone_sessions{role=\"subscriber\",state=\"connected\"})"))
        .isEqualTo(VIEWERS);
    assertThat(prometheus.value("wishbone_stream_bitrate{stream=\"demo\",role=\"subscriber\"}"))
        .isPositive();
    assertThat(prometheus.value("sum(wishbone_media_packets_total{role=\"subscriber\"})"))
        .isPositive();
    assertThat(
            prometheus.value(
                "histogram_quantile(0.5, sum by (le) (wishbone_session_bitrate_bucket{role=\"subscriber\"}))"))
        .isGreaterThan(50_000);
    assertThat(prometheus.ask("ALERTS{alertstate=\"firing\"}")).isEmpty();
    prometheus.assertRulesAreHealthy();
  }

  /// Until one has ended, nothing counts why they do.
  private static void endASession() {
    URI endpoint = server.console().resolve("/whip/endpoint/short");
    HttpResponse<String> opened =
        send(
            HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/sdp")
                .POST(BodyPublishers.ofString(Offers.read("chromium156-whip-vp8-only.offer.sdp"))));
    assertThat(opened.statusCode()).isEqualTo(201);
    URI session = endpoint.resolve(opened.headers().firstValue("Location").orElseThrow());
    assertThat(send(HttpRequest.newBuilder(session).DELETE()).statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
