package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.it.conformance.SoundPeer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The node that a stream comes from dies while others have it from there, each with a viewer. The
/// publisher comes again, to another node; viewers do nothing at all.
@UsesCluster(ClusterKind.REGIONS)
class OriginInCluster {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String STREAM = "orphaned";

  /// The node is missed after three seconds; the rest is for a busy machine.
  private static final double LONGEST_GAP_SECONDS = 12;

  private static TestCluster cluster;
  private static ClientParts parts;

  @BeforeAll
  static void start(TestCluster given) {
    parts = ClientParts.start("origin-clients", new SignalingClient(null));
    cluster = given;
  }

  @AfterAll
  static void stop() {
    parts.close();
  }

  /// @param arrivals of what it gets
  private record Viewer(LiveSession session, Arrivals arrivals) {

    static Viewer in(String region, int pod) {
      var arrivals = new Arrivals();
      SoundPeer peer = LiveSession.viewer(parts);
      peer.onArrival(arrivals::arrived);
      LiveSession session = LiveSession.open(peer, cluster.pod(pod), "whep", STREAM, region);
      session.awaitMore(50);
      return new Viewer(session, arrivals);
    }
  }

  @Test
  void viewersElsewhereGoOnInTheirSessionsWhenTheOriginDies() {
    LiveSession published =
        LiveSession.open(LiveSession.publisher(parts), cluster.pod(0), "whip", STREAM, "west");
    int origin = cluster.nodeOf(published.answer());
    List<Viewer> viewers = List.of(Viewer.in("middle", 0), Viewer.in("east", 1));
    assertThat(viewers)
        .extracting(each -> cluster.nodeOf(each.session().answer()))
        .doesNotContain(origin)
        .doesNotHaveDuplicates();
    viewers.forEach(each -> each.arrivals().takeLongestGap());

    cluster.cluster().node(origin).process().kill();
    long killed = System.nanoTime();
    LiveSession again = LiveSession.publishAgain(parts, cluster.pod(1), STREAM, "west");
    double republished = (System.nanoTime() - killed) / 1e9;
    assertThat(cluster.nodeOf(again.answer())).isNotEqualTo(origin);
    await().atMost(PATIENCE).until(again.peer()::isConnected);
    long connected = System.nanoTime();
    await()
        .atMost(PATIENCE)
        .until(() -> viewers.stream().noneMatch(each -> each.arrivals().isSilentSince(connected)));
    List<Double> gaps = viewers.stream().map(each -> each.arrivals().takeLongestGap()).toList();
    LiveSession.awaitMore(viewers.stream().map(Viewer::session).toList(), 50);

    System.out.printf(
        "the origin killed: published elsewhere after %.1f s; two viewers at other nodes, one of"
            + " them where it is published now, were without sound for %s s, and go on in their"
            + " sessions%n",
        republished, gaps);
    assertThat(gaps).allMatch(gap -> gap > 0 && gap < LONGEST_GAP_SECONDS);
    for (Viewer each : viewers) {
      assertThat(each.session().peer().closeReason()).isNull();
      assertThat(each.session().patch(cluster.pod(0)).statusCode()).isEqualTo(204);
      each.session().delete(cluster.pod(1));
    }
    again.delete(cluster.pod(0));
    cluster.cluster().startNode(origin).awaitReady();
  }
}
