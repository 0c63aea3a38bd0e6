package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.app.cluster.Member;
import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.it.MetricFamily;
import io.wishbone.it.MetricsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// docs/metrics.md lists what pods and nodes really show, once everything has happened to them.
///
/// When metrics change: run, look at `target/metrics.md`, copy it to `docs`.
class MetricsPageInCluster {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path FRESH = Path.of("target", "metrics.md");

  @TempDir static Path directory;

  @Test
  void thePageIsFresh() throws IOException {
    try (TestCluster cluster = TestCluster.start(directory, List.of("eu-west", "us-east"));
        ClientParts parts = ClientParts.start("metrics-page", new SignalingClient(null))) {
      LiveSession publisher = LiveSession.publish(parts, cluster.pod(0), "metrics");
      LiveSession viewer = LiveSession.play(parts, cluster.pod(0), "metrics");
      viewer.awaitMore(20);
      int node = cluster.nodeOf(publisher.answer());
      viewer.delete(cluster.pod(0));
      publisher.delete(cluster.pod(0));
      // Reports are counted by whichever pod takes them in: both together have heard of everything.
      await()
          .atMost(PATIENCE)
          .until(() ->
              pods(cluster).keySet().containsAll(List.of("wishbone_node_headroom"))
                  && !of(cluster.cluster().node(node)).isEmpty()
                  && of(cluster.cluster().node(node)).containsKey("wishbone_sessions_ended_total")
                  && of(cluster.cluster().node(node)).containsKey("wishbone_streams"));
      String page = MetricsPage.write(pods(cluster), of(cluster.cluster().node(node)));
      Files.createDirectories(FRESH.getParent());
      Files.writeString(FRESH, page);
      assertThat(MetricsPage.KEPT).as("copy tests-it/target/metrics.md to docs").hasContent(page);
      assertPlaces(cluster);
    }
  }

  /// What a node shows of itself is of the region that it was started in, and a pod's as well.
  private static void assertPlaces(TestCluster cluster) {
    List<String> regions = new ArrayList<>();
    for (int node = 0; node < TestCluster.NODES; node++) {
      String text = Exposition.of(cluster.cluster().node(node)).text();
      List<String> own =
          text.lines()
              .filter(line -> line.startsWith("wishbone_"))
              .filter(line -> !line.contains("region=\""))
              .toList();
      assertThat(own).as("without a region").isEmpty();
      regions.add(
          text.replaceAll("(?s).*wishbone_worker_headroom\\{[^}]*region=\"([^\"]*)\".*", "$1"));
    }
    assertThat(regions).containsOnly("eu-west", "us-east");
  }

  private static SortedMap<String, MetricFamily> pods(TestCluster cluster) {
    SortedMap<String, MetricFamily> all = new TreeMap<>();
    for (int pod = 0; pod < TestCluster.PODS; pod++) {
      all.putAll(of(cluster.cluster().pod(pod)));
    }
    return all;
  }

  private static SortedMap<String, MetricFamily> of(Member member) {
    return MetricFamily.read(Exposition.of(member).text());
  }
}
