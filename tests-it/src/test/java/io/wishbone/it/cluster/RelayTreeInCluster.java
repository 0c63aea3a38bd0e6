package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.control.StreamName;
import io.wishbone.it.conformance.SoundPeer;
import io.wishbone.store.Edge;
import io.wishbone.store.EdgeStore;
import io.wishbone.store.remote.RemoteCaches;
import io.wishbone.store.remote.RemoteSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// A stream of the west goes to the east once, and there from node to node. The node in the middle
/// goes, and whoever watches below it goes on. Nodes take two viewers of a stream, so that the
/// third viewer is below the first two.
@UsesCluster(ClusterKind.TREE)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RelayTreeInCluster {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int WEST = 0;

  /// Longer than that of somebody who has nothing to do with it, on a machine on which eight
  /// processes share two cores (R21).
  private static final double LONGEST_GAP_TOLD_SECONDS = 0.5;

  /// Who is below a node that has died notices after three seconds.
  private static final double LONGEST_GAP_KILLED_SECONDS = 12;

  private static TestCluster cluster;
  private static ClientParts parts;
  private static RemoteCaches caches;
  private static EdgeStore edges;

  private final List<LiveSession> sessions = new ArrayList<>();

  @BeforeAll
  static void start(TestCluster given) {
    cluster = given;
    parts = ClientParts.start("tree-clients", new SignalingClient(null));
    caches =
        new RemoteCaches(
            new RemoteSettings(cluster.cluster().storeAddresses(), Duration.ofSeconds(10)));
    assertThat(caches.await(PATIENCE)).isTrue();
    edges = new EdgeStore(caches.edges());
  }

  @AfterAll
  static void stop() {
    caches.close();
    parts.close();
  }

  @AfterEach
  void end() {
    sessions.forEach(each -> each.delete(cluster.pod(1)));
  }

  private LiveSession open(SoundPeer peer, String protocol, String stream, String region) {
    var opening =
        await()
            .atMost(PATIENCE)
            .until(
                () -> LiveSession.post(peer, cluster.pod(0), protocol, stream, region),
                each -> each.response().statusCode() == 201);
    LiveSession session = LiveSession.of(opening, stream);
    await().atMost(PATIENCE).until(peer::isConnected);
    sessions.add(session);
    return session;
  }

  private LiveSession watch(String stream, Arrivals arrivals) {
    return watch(stream, "east", arrivals);
  }

  private LiveSession watch(String stream, String region, Arrivals arrivals) {
    SoundPeer peer = LiveSession.viewer(parts);
    peer.onArrival(arrivals::arrived);
    LiveSession session = open(peer, "whep", stream, region);
    session.awaitMore(20);
    return session;
  }

  private static List<Edge> tree(String stream) {
    return edges.find(new StreamName(stream)).edges();
  }

  /// Publishes in the west, and lets somebody watch at the end of the way.
  ///
  /// @return which node is in the middle
  private int grow(String stream, Arrivals arrivals) {
    LiveSession publisher = open(LiveSession.publisher(parts), "whip", stream, "west");
    assertThat(cluster.nodeOf(publisher.answer())).isEqualTo(WEST);
    int middle = cluster.nodeOf(watch(stream, new Arrivals()).answer());
    assertThat(middle).isNotEqualTo(WEST);
    assertThat(cluster.nodeOf(watch(stream, new Arrivals()).answer())).isEqualTo(middle);
    assertThat(cluster.nodeOf(watch(stream, arrivals).answer())).isNotIn(WEST, middle);
    assertThat(tree(stream)).hasSize(2);
    assertThat(tree(stream).stream().map(Edge::parent).distinct()).hasSize(2);
    return middle;
  }

  @Test
  @Order(1)
  void aNodeInTheMiddleIsToldToEnd() {
    var arrivals = new Arrivals();
    int middle = grow("told", arrivals);
    var bystander = new Arrivals();
    assertThat(cluster.nodeOf(watch("told", "west", bystander).answer())).isEqualTo(WEST);
    arrivals.takeLongestGap();
    bystander.takeLongestGap();
    long told = System.nanoTime();

    cluster.cluster().node(middle).process().terminate();
    await()
        .atMost(PATIENCE)
        .until(() -> tree("told").stream().map(Edge::parent).distinct().count() == 1);
    double moved = (System.nanoTime() - told) / 1e9;
    assertThat(cluster.cluster().node(middle).process().awaitExit(PATIENCE)).isZero();
    double ended = (System.nanoTime() - told) / 1e9;
    long after = System.nanoTime();
    await().atMost(PATIENCE).until(() -> !arrivals.isSilentSince(after));

    double gap = arrivals.takeLongestGap();
    double usual = bystander.takeLongestGap();
    System.out.printf(
        "the node in the middle of a relay tree is told to end: the one below has another parent"
            + " after %.1f s, the process ends after %.1f s; longest gap in sound below %.2f s,"
            + " %.2f s for somebody at the origin%n",
        moved, ended, gap, usual);
    assertThat(gap).isLessThan(usual + LONGEST_GAP_TOLD_SECONDS);
    cluster.cluster().startNode(middle).awaitReady();
  }

  @Test
  @Order(2)
  void aNodeInTheMiddleDies() {
    var arrivals = new Arrivals();
    int middle = grow("killed", arrivals);
    arrivals.takeLongestGap();

    cluster.cluster().node(middle).process().kill();
    long after = System.nanoTime();
    await()
        .atMost(PATIENCE)
        .until(() -> tree("killed").stream().map(Edge::parent).distinct().count() == 1);
    double moved = (System.nanoTime() - after) / 1e9;
    long later = System.nanoTime();
    await().atMost(PATIENCE).until(() -> !arrivals.isSilentSince(later));

    double gap = arrivals.takeLongestGap();
    System.out.printf(
        "the node in the middle of a relay tree dies: the one below has another parent after %.1f"
            + " s; longest gap in sound below %.2f s%n",
        moved, gap);
    assertThat(gap).isLessThan(LONGEST_GAP_KILLED_SECONDS);
    cluster.cluster().startNode(middle).awaitReady();
  }
}
