package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.http.SignalingClient;
import io.wishbone.client.load.HttpSignaling;
import io.wishbone.client.load.LoadPlan;
import io.wishbone.client.load.Swarm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// docs/metrics.md lists what the one process shows as well, once everything has happened to it:
/// all but what is about Kafka. The page itself is made in a cluster, by `MetricsPageInCluster`.
class MetricsPageIT {

  @RegisterExtension static final RunningServer server = RunningServer.with("--demo", "true");

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Set<String> OF_A_CLUSTER =
      Set.of(
          "wishbone_kafka_up",
          "wishbone_carrier_lost_messages_total",
          "wishbone_store_unreadable_entries_total");
  private static final Pattern REASON =
      Pattern.compile("wishbone_drops_total\\{.*reason=\"(\\w+)\".*");

  @Test
  void thePageListsWhatOneProcessShows() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      await()
          .atMost(PATIENCE)
          .until(() -> metrics(client).contains("wishbone_sessions_connected_total"));
      HttpResponse<String> opened =
          send(
              client,
              "POST",
              server.whip("metrics"),
              Offers.read("chromium156-whip-vp8-only.offer.sdp"));
      send(client, "DELETE", URI.create(opened.headers().firstValue("Location").orElseThrow()), "");
      await()
          .atMost(PATIENCE)
          .until(() ->
              metrics(client).contains("wishbone_sessions_ended_total")
                  && metrics(client).contains("wishbone_node_headroom")
                  // Looked at every few seconds only.
                  && metrics(client).contains("wishbone_streams"));
      String exposition = metrics(client);
      String page = Files.readString(MetricsPage.KEPT);
      SortedMap<String, MetricFamily> listed = MetricsPage.read(page);
      assertThat(listed).hasSizeGreaterThan(40).containsKeys(OF_A_CLUSTER.toArray(String[]::new));
      listed.keySet().removeAll(OF_A_CLUSTER);
      assertThat(MetricFamily.read(exposition)).containsExactlyEntriesOf(listed);

      assertThat(
              exposition.lines().map(REASON::matcher).filter(Matcher::matches).map(m -> m.group(1)))
          .containsExactlyInAnyOrderElementsOf(MetricsPage.reasons().keySet());
      assertThat(page)
          .contains(MetricsPage.reasons().keySet().stream().map(r -> "| `" + r + "` |").toList());
      assertOfStreams(client, page);
    }
  }

  /// Both ways. The time there and back is known of a viewer, after a while.
  private static void assertOfStreams(HttpClient client, String page)
      throws InterruptedException, ExecutionException {
    SortedMap<String, String> listed = MetricsPage.ofStreams(page);
    assertThat(listed).hasSizeGreaterThan(8);
    var plan = new LoadPlan(0, 1, 1_000, 30, 1, Duration.ZERO, 1, 1, true, 0);
    try (var http = new SignalingClient(null);
        var viewer =
            new Swarm(plan, new HttpSignaling(http, "", server.whep("demo").toString()), _ -> {})) {
      viewer.join(1, 1);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            SortedMap<String, String> shown = new TreeMap<>();
            MetricFamily.read(ofTheDemo(client))
                .forEach((name, family) -> shown.put(name, family.kind() + " " + family.labels()));
            assertThat(shown).containsExactlyEntriesOf(listed);
          });
    }
  }

  private static String ofTheDemo(HttpClient client) throws IOException, InterruptedException {
    return send(client, "GET", server.console().resolve("api/v1/metrics?stream=demo"), "").body();
  }

  private static HttpResponse<String> send(HttpClient client, String method, URI uri, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", "application/sdp")
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static String metrics(HttpClient client) throws IOException, InterruptedException {
    return send(client, "GET", server.console().resolve("q/metrics"), "").body();
  }
}
