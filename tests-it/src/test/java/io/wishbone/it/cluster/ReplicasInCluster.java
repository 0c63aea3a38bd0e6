package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.app.cluster.Member;
import io.wishbone.app.cluster.Server;
import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// Three brokers and two servers of the store: one of them is killed or stands still, or the two do
/// not see each other, while people publish, watch, come and go. Nobody may notice more than a
/// pause. What is asserted is that media flow on, that whoever is refused is told to come again,
/// that nobody is refused any more in the end, that of two who want the same stream one gets it,
/// and that no session is left at a node which nobody has.
@UsesCluster(ClusterKind.REPLICAS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplicasInCluster {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int STREAMS = 3;

  /// Requests that come after what happens, which are many more than come in the pause.
  private static final int VISITS = 120;

  /// Nodes name their sessions every half minute, and a word that comes before the stores have
  /// joined decides nothing.
  private static final Duration HEALED = Duration.ofSeconds(45);

  private static TestCluster cluster;
  private static ClientParts parts;
  private static Balancer balancer;

  @BeforeAll
  static void start(TestCluster given) {
    parts = ClientParts.start("replica-clients", new SignalingClient(null));
    cluster = given;
    balancer = new Balancer(List.of(cluster.pod(0), cluster.pod(1)));
  }

  @AfterAll
  static void stop() {
    balancer.close();
    parts.close();
  }

  @Test
  @Order(1)
  void oneOfThreeBrokersDies() {
    goesOnWithout("broker", "killed", 15, cluster.cluster().kafka().process()::kill);
    cluster.cluster().kafka().restart();
  }

  /// The harder kind: nothing says that it is gone, and when it is back, it does not know that it
  /// was.
  @Test
  @Order(2)
  void oneOfTwoServersOfTheStoreStandsStill() {
    Server frozen = cluster.cluster().infinispan(0).process();
    try {
      goesOnWithout("server of the store", "frozen", 10, frozen::freeze);
      try (var visitors = new Visitors(cluster, parts, balancer, "thaw")) {
        visitors.awaitCalm();
        frozen.thaw();
        visitors.awaitCalm();
        visitors.print("the frozen server of the store goes on");
      }
    } catch (RuntimeException | Error failure) {
      // Or those who come next find it so.
      frozen.thaw();
      throw failure;
    }
    publishesOnce("after-thaw");
    await().atMost(PATIENCE).until(() -> cluster.sessionsAtNodes() == 0);
  }

  /// Each pod knows one of two servers of the store, which do not see each other any more: to both,
  /// a stream is free. When they see each other again, one publisher is left. What was ended in one
  /// half only may be back then: it keeps nobody out, and nobody is ended for it.
  @Test
  @Order(3)
  void theStoreIsSplit() throws IOException {
    Path properties =
        Files.writeString(
            cluster.plan().directory().resolve("pinned.properties"),
            "infinispan.client.hotrod.client_intelligence=BASIC\n");
    for (int i = 0; i < TestCluster.PODS; i++) {
      cluster.cluster().pod(i).close();
      cluster
          .cluster()
          .startPod(
              i,
              cluster.cluster().infinispan(i).address(),
              List.of("--infinispan-properties", properties.toString()));
    }
    cluster.cluster().pods().forEach(Member::awaitReady);
    publishesOnce("before-split");
    List<LiveSession> deleted =
        List.of("succeeded", "left").stream()
            .map(each -> LiveSession.publish(parts, cluster.pod(0), each))
            .toList();
    cluster.cables().forEach(TcpRelay::cut);
    long cut = System.nanoTime();
    List<LiveSession> both = publishAtBoth();
    double apart = (System.nanoTime() - cut) / 1e9;
    String stream = both.getFirst().stream();
    deleted.forEach(each -> assertThat(each.delete(cluster.pod(0)).statusCode()).isEqualTo(200));
    LiveSession successor = LiveSession.publish(parts, cluster.pod(0), "succeeded");

    cluster.cables().forEach(TcpRelay::mend);
    long mended = System.nanoTime();
    await()
        .atMost(HEALED)
        .until(() -> both.stream().filter(each -> each.peer().closeReason() == null).count() == 1);
    System.out.printf(
        "the store split: both halves let a publisher in after %.1f s; one is left %.1f s after they"
            + " see each other again%n",
        apart, (System.nanoTime() - mended) / 1e9);
    LiveSession left =
        both.stream().filter(each -> each.peer().closeReason() == null).findFirst().orElseThrow();
    for (int i = 0; i < TestCluster.PODS; i++) {
      assertThat(statusOf(left, i, stream)).isEqualTo(409);
      assertThat(left.patch(cluster.pod(i)).statusCode()).isEqualTo(204);
      LiveSession viewer = LiveSession.play(parts, cluster.pod(i), stream);
      viewer.awaitMore(50);
      viewer.delete(cluster.pod(1 - i));
    }
    assertThat(left.peer().closeReason()).isNull();
    assertThat(left.delete(cluster.pod(0)).statusCode()).isEqualTo(200);
    // Neither half keeps anybody out for a publisher that is gone, nor ends one for it.
    LiveSession comesAgain = LiveSession.publishAgain(parts, cluster.pod(1), "left", "");
    for (LiveSession each : List.of(successor, comesAgain)) {
      await().atMost(HEALED).until(() -> isPlayed(each.stream()));
      for (int i = 0; i < TestCluster.PODS; i++) {
        assertThat(statusOf(each, i, each.stream())).isEqualTo(409);
      }
      assertThat(each.peer().closeReason()).isNull();
      assertThat(each.delete(cluster.pod(1)).statusCode()).isEqualTo(200);
    }
    publishesOnce(stream);
    await().atMost(PATIENCE).until(() -> cluster.sessionsAtNodes() == 0);
    for (int i = 0; i < TestCluster.PODS; i++) {
      cluster.cluster().pod(i).close();
      cluster.cluster().startPod(i);
    }
    cluster.cluster().pods().forEach(Member::awaitReady);
  }

  /// @return two publishers of one stream, let in by one pod each
  private static List<LiveSession> publishAtBoth() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (int i = 0; System.nanoTime() < deadline; i++) {
      String stream = "split" + i;
      List<LiveSession> let = new ArrayList<>();
      for (int pod = 0; pod < TestCluster.PODS; pod++) {
        var opening =
            LiveSession.post(LiveSession.publisher(parts), cluster.pod(pod), "whip", stream);
        if (opening.response().statusCode() == 201) {
          let.add(LiveSession.of(opening, stream));
        }
      }
      if (let.size() == TestCluster.PODS) {
        // A pod that hears of both before the halves meet may have ended one.
        await()
            .atMost(PATIENCE)
            .until(() ->
                let.stream()
                    .map(LiveSession::peer)
                    .allMatch(each -> each.isConnected() || each.closeReason() != null));
        return let;
      }
      let.forEach(each -> each.delete(cluster.pod(0)));
      let.forEach(each -> each.delete(cluster.pod(1)));
      Pause.of(200);
    }
    throw new AssertionError("the store was not split");
  }

  /// Whether viewers get the stream through every pod.
  private static boolean isPlayed(String stream) {
    for (int i = 0; i < TestCluster.PODS; i++) {
      var opening = LiveSession.post(LiveSession.viewer(parts), cluster.pod(i), "whep", stream);
      if (opening.response().statusCode() != 201) {
        return false;
      }
      LiveSession.of(opening, stream).delete(cluster.pod(i));
    }
    return true;
  }

  /// Both pods know of a publisher that one of them has let in, and that it has gone.
  private static void publishesOnce(String stream) {
    LiveSession published = LiveSession.publish(parts, cluster.pod(0), stream);
    assertThat(statusOf(published, 1, stream)).isEqualTo(409);
    assertThat(published.delete(cluster.pod(1)).statusCode()).isEqualTo(200);
  }

  @Test
  @Order(4)
  void oneOfTwoServersOfTheStoreDies() {
    goesOnWithout(
        "server of the store", "killed", 6, cluster.cluster().infinispan(0).process()::kill);
  }

  /// @param longestPause seconds between two publishers let in: about twice what is aimed at (R3,
  ///   R4), for a busy machine
  private static void goesOnWithout(String what, String how, double longestPause, Runnable event) {
    String name = how + "-" + what.replace(' ', '-');
    List<LiveSession> publishers = new ArrayList<>();
    List<LiveSession> viewers = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      publishers.add(LiveSession.publish(parts, cluster.pod(i % 2), name + i));
      viewers.add(LiveSession.play(parts, cluster.pod(1 - i % 2), name + i));
    }
    LiveSession.awaitMore(viewers, 50);
    var visitors = new Visitors(cluster, parts, balancer, name);
    try (visitors) {
      visitors.awaitCalm();
      System.out.printf("before: longest pause %.1f s%n", visitors.longestPause());
      event.run();
      // While the servers sort themselves out.
      visitors.contest(VISITS, publishers);
      visitors.awaitCalm();
      visitors.print("one " + what + " " + how);
    }
    assertThat(visitors.failures()).allMatch(each -> each.contains(": 503, to come again after "));
    assertThat(visitors.longestPause()).isLessThan(longestPause);
    assertThat(visitors.sharedByTwo()).isZero();
    assertThat(visitors.won()).isPositive();
    LiveSession.awaitMore(viewers, 50);
    for (LiveSession each : viewers) {
      await()
          .atMost(PATIENCE)
          .until(() -> each.patch(balancer.next()).statusCode(), status -> status == 204);
      assertThat(each.peer().closeReason()).isNull();
    }
    assertThat(publishers).allMatch(each -> each.peer().closeReason() == null);
    // Whoever was not let in has left nothing behind.
    await().atMost(PATIENCE).until(() -> cluster.sessionsAtNodes() == 2 * STREAMS);
    viewers.forEach(each -> each.delete(balancer.next()));
    publishers.forEach(each -> each.delete(balancer.next()));
    await().atMost(PATIENCE).until(() -> cluster.sessionsAtNodes() == 0);
  }

  /// What a pod says to another one that offers the same.
  private static int statusOf(LiveSession publisher, int pod, String stream) {
    var offer = new LiveSession.Offer(publisher.peer().offer());
    return offer.publish(cluster.pod(pod), stream).statusCode();
  }
}
