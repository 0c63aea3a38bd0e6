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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// docs/metrics.md lists what pods and nodes really show, once everything has happened to them.
///
/// When metrics change: run, look at `target/metrics.md`, copy it to `docs`.
@UsesCluster(ClusterKind.REGIONS)
class MetricsPageInCluster {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path FRESH = Path.of("target", "metrics.md");

  private static TestCluster cluster;

  @BeforeAll
  static void start(TestCluster given) {
    cluster = given;
  }

  @Test
  void thePageIsFresh() throws IOException {
    try (ClientParts parts = ClientParts.start("metrics-page", new SignalingClient(null))) {
      LiveSession publisher = LiveSession.publish(parts, cluster.pod(0), "metrics");
      LiveSession viewer = LiveSession.play(parts, cluster.pod(0), "metrics");
      viewer.awaitMore(20);
      Member node = cluster.cluster().node(cluster.nodeOf(publisher.answer()));
      viewer.delete(cluster.pod(0));
      publisher.delete(cluster.pod(0));
      await()
          .atMost(PATIENCE)
          .until(() ->
              pods().containsKey("wishbone_node_headroom")
                  && of(node).containsKey("wishbone_sessions_ended_total")
                  && of(node).containsKey("wishbone_streams"));
      String page = MetricsPage.write(pods(), of(node));
      Files.createDirectories(FRESH.getParent());
      Files.writeString(FRESH, page);
      assertThat(MetricsPage.KEPT).as("copy tests-it/target/metrics.md to docs").hasContent(page);
    }
  }

  /// What a node shows of itself is of the region that it was started in.
  @Test
  void everyNodeSaysWhereItIs() {
    List<String> regions = new ArrayList<>();
    for (Member node : cluster.cluster().nodes()) {
      List<String> own =
          Exposition.of(node).text().lines().filter(line -> line.startsWith("wishbone_")).toList();
      assertThat(own).hasSizeGreaterThan(50);
      List<String> said =
          own.stream()
              .map(line -> line.replaceAll(".*[{,]region=\"([^\"]*)\".*", "$1"))
              .distinct()
              .toList();
      assertThat(said).as("regions of one node").hasSize(1);
      regions.addAll(said);
    }
    assertThat(regions).containsExactlyElementsOf(ClusterKind.REGIONS.regions());
  }

  /// Reports are counted by whichever pod takes them in: both together have heard of everything.
  private static SortedMap<String, MetricFamily> pods() {
    SortedMap<String, MetricFamily> all = new TreeMap<>();
    cluster.cluster().pods().forEach(pod -> all.putAll(of(pod)));
    return all;
  }

  private static SortedMap<String, MetricFamily> of(Member member) {
    return MetricFamily.read(Exposition.of(member).text());
  }
}
