package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.app.cluster.Member;
import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// What happens when the only broker or the only server of the store is away while media flow; with
/// several of them see [ReplicasInCluster]. Numbers are printed.
@UsesCluster(ClusterKind.ALIKE)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutagesInCluster {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("cluster.away", 20));

  private static TestCluster cluster;
  private static ClientParts parts;
  private static LiveStreams streams;

  @BeforeAll
  static void start(TestCluster given) {
    parts = ClientParts.start("outage-clients", new SignalingClient(null));
    cluster = given;
    streams = new LiveStreams(parts, cluster);
  }

  @AfterAll
  static void stop() {
    parts.close();
  }

  @AfterEach
  void end() {
    streams.end();
  }

  private static LiveSession publishAgain(int pod, String stream) {
    return LiveSession.publishAgain(parts, cluster.pod(pod), stream, "");
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  @Test
  @Order(1)
  void theBrokerIsAway() {
    streams.start("broker");
    long lost = streams.missing();
    cluster.cluster().kafka().process().kill();
    long killed = System.nanoTime();
    System.out.printf("the broker killed: %s, %.1f s after%n", awaitRefusal(), since(killed));
    await().atMost(PATIENCE).until(() -> !cluster.cluster().pod(0).isReady());
    assertThat(cluster.cluster().pod(0).isLive()).isTrue();
    assertThat(cluster.cluster().node(0).isLive()).isTrue();
    streams.awaitMedia();
    assertThat(streams.viewers().getFirst().patch(cluster.pod(0)).statusCode()).isEqualTo(503);
    awaySince(killed);
    assertThat(streams.missing()).as("packets that viewers did not get").isEqualTo(lost);
    // Viewers may leave, though nobody can tell their node.
    LiveSession leaving = streams.viewers().removeFirst();
    assertThat(leaving.delete(cluster.pod(0)).statusCode()).isEqualTo(200);
    cluster.cluster().kafka().restart();
    long back = System.nanoTime();
    LiveSession fresh = publishAgain(0, "after-broker");
    System.out.printf("the broker is back: a POST is served %.1f s after%n", since(back));
    fresh.delete(cluster.pod(0));
    streams.awaitMedia();
    streams
        .viewers()
        .forEach(each -> assertThat(each.patch(cluster.pod(1)).statusCode()).isEqualTo(204));
    assertThat(streams.viewers()).allMatch(each -> each.peer().closeReason() == null);
    await().atMost(PATIENCE).until(() -> leaving.peer().closeReason() != null);
    cluster.cluster().pod(0).awaitReady();
  }

  /// @return what to print of it
  private static String awaitRefusal() {
    HttpResponse<String> refused = untilRefused();
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    return "a POST is refused by %d, Retry-After %s"
        .formatted(refused.statusCode(), refused.headers().firstValue("Retry-After").orElseThrow());
  }

  private static HttpResponse<String> untilRefused() {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> {
              var opening =
                  LiveSession.post(LiveSession.publisher(parts), cluster.pod(0), "whip", "refused");
              System.out.printf(
                  "  answered by %d in %.0f ms%n",
                  opening.response().statusCode(), opening.millis());
              return opening.response();
            },
            response -> response.statusCode() == 503);
  }

  private static void awaySince(long nanos) {
    long left = AWAY.toMillis() - (long) (since(nanos) * 1000);
    if (left > 0) {
      Pause.of(left);
    }
  }

  /// The harder kind of away: connections stand, and nobody answers.
  @Test
  @Order(2)
  void theStoreStandsStill() throws Exception {
    streams.start("store");
    long lost = streams.missing();
    cluster.cluster().infinispan().process().freeze();
    long frozen = System.nanoTime();
    System.out.printf("the store frozen: %s, %.1f s after%n", awaitRefusal(), since(frozen));
    await().atMost(PATIENCE).until(() -> !cluster.cluster().pod(0).isReady());
    assertThat(cluster.cluster().pod(0).isLive()).isTrue();
    streams.awaitMedia();
    assertThat(streams.missing()).as("packets that viewers did not get").isEqualTo(lost);
    // Every pod remembers on which nodes the sessions are, whichever has opened them.
    for (LiveSession each : streams.viewers()) {
      assertThat(each.patch(cluster.pod(0)).statusCode()).isEqualTo(204);
      assertThat(each.patch(cluster.pod(1)).statusCode()).isEqualTo(204);
    }
    for (int pod = 0; pod < 2; pod++) {
      LiveSession leaving = streams.viewers().removeFirst();
      assertThat(leaving.delete(cluster.pod(pod)).statusCode()).isEqualTo(200);
      await().atMost(PATIENCE).until(() -> leaving.peer().closeReason() != null);
    }
    // That a viewer has gone is handled when the store is back, not lost.
    LiveSession gone = streams.viewers().removeFirst();
    gone.peer().close();
    awaySince(frozen);
    // A restart changes what the store has, so it has to wait. The old ICE session goes on.
    LiveSession restarting = streams.viewers().getLast();
    for (int pod = 0; pod < 2; pod++) {
      HttpResponse<String> refused =
          restarting.restart(cluster.pod(pod), restarting.tag(), "away" + pod);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    }
    cluster.cluster().infinispan().process().thaw();
    long back = System.nanoTime();
    LiveSession fresh = publishAgain(0, "after-store");
    System.out.printf("the store is back: a POST is served %.1f s after%n", since(back));
    await().atMost(PATIENCE).until(() -> gone.patch(cluster.pod(1)).statusCode() == 404);
    fresh.delete(cluster.pod(0));
    streams.awaitMedia();
    streams
        .viewers()
        .forEach(each -> assertThat(each.patch(cluster.pod(1)).statusCode()).isEqualTo(204));
    assertThat(streams.viewers()).allMatch(each -> each.peer().closeReason() == null);
  }

  @Test
  @Order(3)
  void aPodStartsBeforeBrokerAndStore() {
    streams.start("all");
    cluster.cluster().pod(0).close();
    cluster.cluster().kafka().process().kill();
    cluster.cluster().infinispan().process().freeze();
    Member pod = cluster.cluster().startPod(0);
    await().atMost(PATIENCE).until(pod::isLive);
    assertThat(pod.isReady()).isFalse();
    awaitRefusal();

    cluster.cluster().infinispan().process().thaw();
    cluster.cluster().kafka().restart();
    long back = System.nanoTime();
    pod.awaitReady();
    streams.awaitMedia();
    LiveSession fresh = publishAgain(0, "after-all");
    System.out.printf(
        "a pod that started alone: ready, and a POST served, %.1f s after both came%n",
        since(back));
    fresh.delete(cluster.pod(0));
  }

  /// The only one, with all that it had in memory: what lives is put back by those who remember it.
  @Test
  @Order(4)
  void theStoreDies() {
    streams.start("lost");
    cluster.cluster().infinispan().process().kill();
    long killed = System.nanoTime();
    awaitRefusal();
    streams.awaitMedia();
    cluster.cluster().infinispan().restart();
    long back = System.nanoTime();
    System.out.printf("the store is killed, and there again %.1f s after%n", since(killed));
    LiveSession fresh = publishAgain(0, "after-lost");
    double served = since(back);
    await()
        .atMost(PATIENCE)
        .until(() ->
            streams.viewers().stream()
                .allMatch(each -> each.patch(cluster.pod(1)).statusCode() == 204));
    double put = since(back);
    int known = streams.viewers().size();
    for (String stream : streams.publishers().keySet()) {
      LiveSession late = LiveSession.play(parts, cluster.pod(1), stream);
      late.awaitMore(20);
      streams.viewers().add(late);
    }
    System.out.printf(
        "the store is back without anything: a POST is served %.1f s after, all %d viewers are"
            + " known again %.1f s after, all streams can be watched %.1f s after%n",
        served, known, put, since(back));
    assertThat(streams.viewers()).allMatch(each -> each.peer().closeReason() == null);
    fresh.delete(cluster.pod(0));
  }
}
