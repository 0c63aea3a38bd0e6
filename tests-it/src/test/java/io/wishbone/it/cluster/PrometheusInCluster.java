package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.client.load.LoadPlan;
import io.wishbone.client.load.Signaling;
import io.wishbone.client.load.Swarm;
import io.wishbone.it.AutoscalerQueries;
import io.wishbone.it.PrometheusServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A real Prometheus scrapes pods and nodes, with the rules of `k8s` and the labels that its
/// ServiceMonitor gives, and is asked everything that rules, dashboards and autoscalers ask.
@UsesCluster(ClusterKind.REGIONS)
class PrometheusInCluster {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String STREAM = "measured";
  private static final List<String> REGIONS = List.of("west", "middle", "east");
  private static final int VIEWERS = 6;

  /// Empty where nothing fails. All the same it has to be understood.
  private static final List<String> QUIET =
      List.of(
          "ALERTS",
          "errors",
          "never_connected",
          // What a publisher without loss is never asked for says nothing of the way to it.
          "wishbone_stream_round_trip_seconds_mean{stream=\"$stream\",role=\"publisher\"}");

  /// Viewers come from all regions by turns.
  private record Everywhere(TestCluster cluster, AtomicInteger viewers) implements Signaling {
    @Override
    public Session publish(int number, String offer) throws ExecutionException {
      return RegionalSignaling.open(cluster.pod(0), "whip", STREAM, REGIONS.getFirst(), offer);
    }

    @Override
    public Session play(int number, String offer) throws ExecutionException {
      int viewer = viewers.getAndIncrement();
      String region = REGIONS.get(viewer % REGIONS.size());
      return RegionalSignaling.open(cluster.pod(viewer % 2), "whep", STREAM, region, offer);
    }
  }

  @Test
  void everyRuleAndEveryPanelHasSomethingToShow(TestCluster cluster) throws Exception {
    var plan = new LoadPlan(1, VIEWERS, 1_000, 30, VIEWERS, Duration.ZERO, 1, 1, true, 0);
    var sessions = new Everywhere(cluster, new AtomicInteger());
    try (var prometheus = PrometheusServer.start(scrapeConfigs(cluster));
        var swarm = new Swarm(plan, sessions, _ -> {})) {
      swarm.publish();
      swarm.join(VIEWERS, VIEWERS);
      somebodyComesAndGoes(cluster);
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(prometheus.value("count(up == 1)")).isEqualTo(6));

      assertValues(prometheus);
      assertChoices(prometheus);
      assertAutoscalersAreAnswered(prometheus);
      assertThat(PrometheusServer.records()).hasSizeGreaterThan(6);
      for (String rule : PrometheusServer.records()) {
        awaitSomething(prometheus, rule, rule);
      }
      Map<String, String> panels = PrometheusServer.panels();
      assertThat(panels).hasSizeGreaterThan(25);
      List<String> nodes = nodes(prometheus);
      panels.forEach((panel, query) ->
          awaitSomething(
              prometheus,
              panel,
              nodes.stream()
                  .map(node ->
                      query
                          .replace("$stream", STREAM)
                          .replace("$region", ".*")
                          .replace("$node", node))
                  .distinct()
                  .toArray(String[]::new)));
      assertThat(prometheus.ask("ALERTS{alertstate=\"firing\"}")).isEmpty();
      prometheus.assertRulesAreHealthy();
    }
  }

  /// @param queries of which one at least has to have an answer: not every node has a publisher
  private static void awaitSomething(PrometheusServer prometheus, String what, String... queries) {
    if (QUIET.stream().anyMatch(what::contains)) {
      Stream.of(queries).forEach(prometheus::ask);
    } else {
      await()
          .atMost(PATIENCE)
          .alias(what)
          .until(() -> Stream.of(queries).anyMatch(query -> !prometheus.ask(query).isEmpty()));
    }
  }

  private static List<String> nodes(PrometheusServer prometheus) {
    List<String> nodes = prometheus.labels("max by (node) (wishbone_node_headroom)", "node");
    assertThat(nodes).hasSize(TestCluster.NODES);
    return nodes;
  }

  private static void assertChoices(PrometheusServer prometheus) throws IOException {
    Map<String, PrometheusServer.Choice> choices = PrometheusServer.choices();
    assertThat(choices).hasSizeGreaterThan(4);
    choices.forEach((name, choice) -> {
      var asked =
          new PrometheusServer.Choice(choice.selector().replace("$region", ".*"), choice.label());
      Set<String> values = prometheus.values(asked);
      switch (choice.label()) {
        case "region" -> assertThat(values).as(name).containsExactlyInAnyOrderElementsOf(REGIONS);
        case "node" -> assertThat(values).as(name).hasSize(TestCluster.NODES);
        case "stream" -> assertThat(values).as(name).containsExactly(STREAM);
        default -> throw new AssertionError("nobody knows what " + name + " has to show");
      }
    });
  }

  /// One node is in each region.
  private static void assertAutoscalersAreAnswered(PrometheusServer prometheus) throws IOException {
    for (String region : REGIONS) {
      for (String query : AutoscalerQueries.of(region)) {
        assertThat(prometheus.value(query)).as(query).isBetween(0.0, 1.0);
      }
    }
    assertThat(prometheus.ask(AutoscalerQueries.of("nowhere").getFirst())).isEmpty();
    assertThat(prometheus.value(AutoscalerQueries.ofAll())).isBetween(0.0, 1.0 * TestCluster.NODES);
  }

  /// What is known, because nobody else is there.
  private static void assertValues(PrometheusServer prometheus) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> {
          for (String region : REGIONS) {
            String here = "role=\"subscriber\",region=\"" + region + "\"";
            assertThat(prometheus.value("sum(wishbone:sessions:sum{" + here + "})"))
                .as("viewers in " + region)
                .isEqualTo(VIEWERS / 3);
          }
          assertThat(prometheus.value("sum(wishbone:sessions:sum{role=\"publisher\"})")).isOne();
          assertThat(
                  prometheus.value(
                      "sum(wishbone_sessions{role=\"subscriber\",state=\"connected\"})"))
              .isEqualTo(VIEWERS);
          for (String direction : List.of("up", "down")) {
            assertThat(prometheus.value("sum(wishbone_relays{direction=\"" + direction + "\"})"))
                .as("relays " + direction)
                .isEqualTo(2);
          }
          assertThat(prometheus.value("sum(wishbone_store_up)")).isEqualTo(TestCluster.PODS);
          assertThat(prometheus.value("sum(wishbone_kafka_up)"))
              .isEqualTo(TestCluster.PODS + TestCluster.NODES);
          assertThat(prometheus.value("sum(wishbone_node_draining)")).isZero();
        });
    // Both change from second to second.
    double load = prometheus.value("sum(wishbone:media_load:sum)");
    double left = prometheus.value("sum(min by (node) (wishbone_node_headroom))");
    assertThat(load + left).isBetween(TestCluster.NODES - 0.5, TestCluster.NODES + 0.5);
  }

  /// Until somebody has gone, nothing counts why they do.
  private static void somebodyComesAndGoes(TestCluster cluster) {
    try (var parts = ClientParts.start("measured-clients", new SignalingClient(null))) {
      LiveSession brief =
          LiveSession.open(LiveSession.publisher(parts), cluster.pod(0), "whip", "brief", "west");
      brief.delete(cluster.pod(1));
    }
  }

  /// As Prometheus makes of the ServiceMonitor in `k8s/components/monitoring`.
  private static String scrapeConfigs(TestCluster cluster) {
    String pods =
        cluster.cluster().pods().stream()
            .map(pod -> target(pod.http(), "wishbone-signaling", "http", pod.name()))
            .collect(Collectors.joining(", "));
    String nodes =
        cluster.cluster().nodes().stream()
            .map(node -> target(node.http(), "wishbone-media", "health", node.name()))
            .collect(Collectors.joining(", "));
    return """
    - job_name: wishbone
      metrics_path: /q/metrics
      static_configs: [%s, %s]
    - job_name: streams
      metrics_path: /api/v1/metrics
      params: {stream: [%s]}
      static_configs: [{targets: ['%s']}]
    """
        .formatted(pods, nodes, STREAM, cluster.pod(0).getAuthority());
  }

  private static String target(URI http, String service, String endpoint, String pod) {
    return ("{targets: ['%s'], labels: {namespace: wishbone, service: %s, job: %2$s,"
            + " app_kubernetes_io_name: %2$s, endpoint: %s, container: server, pod: %s,"
            + " machine: one}}")
        .formatted(http.getAuthority(), service, endpoint, pod);
  }
}
