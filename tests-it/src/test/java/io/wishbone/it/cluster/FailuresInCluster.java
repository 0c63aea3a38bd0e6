package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.app.cluster.Member;
import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// What happens when a part of the cluster fails while media flow. Numbers are printed; limits are
/// those of a busy machine.
@UsesCluster(ClusterKind.ALIKE)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FailuresInCluster {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("cluster.away", 20));
  private static final int STREAMS = Integer.getInteger("cluster.streams", 6);
  private static final int VIEWERS = Integer.getInteger("cluster.viewers", 2);
  private static final int AT_ONCE = 6;

  /// The goal is 3 s from the death of a node; the rest is for a busy machine.
  private static final double LONGEST_REPUBLISH_SECONDS = 6;

  /// When every pod knows that a node does not speak any more.
  private static final double SILENT_SECONDS = 4;

  private static TestCluster cluster;
  private static ClientParts parts;

  private final Map<String, LiveSession> publishers = new HashMap<>();
  private final List<LiveSession> viewers = new ArrayList<>();

  @BeforeAll
  static void start(TestCluster given) {
    parts = ClientParts.start("cluster-clients", new SignalingClient(null));
    cluster = given;
  }

  @AfterAll
  static void stop() {
    parts.close();
  }

  @AfterEach
  void end() {
    viewers.forEach(each -> each.delete(cluster.pod(1)));
    publishers.values().forEach(each -> each.delete(cluster.pod(1)));
  }

  /// Streams with some viewers each, through both pods.
  private void streams(String prefix) {
    List<CompletableFuture<List<LiveSession>>> all = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int i = 0; i < STREAMS; i++) {
        int number = i;
        all.add(CompletableFuture.supplyAsync(() -> stream(prefix + number, number), threads));
      }
    }
    for (CompletableFuture<List<LiveSession>> each : all) {
      List<LiveSession> sessions = each.join();
      publishers.put(sessions.getFirst().stream(), sessions.getFirst());
      viewers.addAll(sessions.subList(1, sessions.size()));
    }
    LiveSession.awaitMore(viewers, 20);
  }

  /// @return its publisher and its viewers
  private static List<LiveSession> stream(String stream, int number) {
    List<LiveSession> sessions = new ArrayList<>();
    sessions.add(LiveSession.publish(parts, cluster.pod(number % 2), stream));
    for (int i = 0; i < VIEWERS; i++) {
      sessions.add(LiveSession.play(parts, cluster.pod(i % 2), stream));
    }
    return sessions;
  }

  private void awaitMediaEverywhere() {
    LiveSession.awaitMore(viewers, 50);
  }

  private static LiveSession publishAgain(int pod, String stream) {
    return LiveSession.publishAgain(parts, cluster.pod(pod), stream, "");
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  @Test
  @Order(1)
  void aPodDies() {
    streams("pod");
    long lost = missing();
    cluster.cluster().pod(0).process().kill();
    int served = 0;
    for (LiveSession each : viewers) {
      served += each.patch(cluster.pod(1)).statusCode() == 204 ? 1 : 0;
    }
    awaitMediaEverywhere();
    int all = viewers.size();
    List<LiveSession> leaving = List.copyOf(viewers.subList(0, all / 2));
    viewers.removeAll(leaving);
    assertThat(leaving)
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.delete(cluster.pod(1)).statusCode()).isEqualTo(200));
    long missing = missing() - lost;
    long begin = System.nanoTime();
    LiveSession fresh = publishAgain(1, "after-pod");
    System.out.printf(
        "a pod killed: %d of %d sessions served by the other one, %d packets lost, a new publisher"
            + " after %.1f s%n",
        served, all, missing, since(begin));
    assertThat(served).isEqualTo(all);
    assertThat(missing).as("packets that viewers did not get").isZero();
    fresh.delete(cluster.pod(1));
    cluster.cluster().startPod(0).awaitReady();
  }

  /// Packets that viewers did not get between the first and the last that they got.
  private long missing() {
    return viewers.stream()
        .mapToLong(each -> {
          List<Long> got = each.peer().received().stream().sorted().distinct().toList();
          return got.isEmpty() ? 0 : got.getLast() - got.getFirst() + 1 - got.size();
        })
        .sum();
  }

  @Test
  @Order(2)
  void aNodeDies() throws Exception {
    streams("node");
    int victim = cluster.nodeOf(publishers.get("node0").answer());
    LiveSession watching =
        viewers.stream()
            .filter(each -> cluster.nodeOf(each.answer()) == victim)
            .findFirst()
            .orElseThrow();
    List<LiveSession> unharmed =
        viewers.stream()
            .filter(each -> cluster.nodeOf(each.answer()) != victim)
            .filter(each -> cluster.nodeOf(publishers.get(each.stream()).answer()) != victim)
            .toList();
    try (var events = EventReader.open(cluster.pod(1), watching, "reconnect")) {
      cluster.cluster().node(victim).process().kill();
      long killed = System.nanoTime();
      var patches = new PatchesUntilGone(watching, cluster.pod(0));
      List<String> lost =
          publishers.values().stream()
              .filter(each -> cluster.nodeOf(each.answer()) == victim)
              .map(LiveSession::stream)
              .toList();
      List<Double> republished = publishAllAgain(lost, victim, killed);
      events.await("event:reconnect");
      double told = since(killed);
      double gone = patches.awaitGone();
      System.out.printf(
          "a node killed: its %d streams published elsewhere after %.1f to %.1f s, viewers told to"
              + " reconnect after %.1f s, their sessions 404 after %.1f s; no PATCH waited longer"
              + " than %.1f s, none that came after %.0f s longer than %.2f s%n",
          republished.size(),
          republished.getFirst(),
          republished.getLast(),
          told,
          gone,
          patches.longest(0),
          SILENT_SECONDS,
          patches.longest(SILENT_SECONDS));
      assertThat(republished).allMatch(seconds -> seconds < LONGEST_REPUBLISH_SECONDS);
    }
    assertThat(unharmed).as("viewers that have nothing to do with that node").isNotEmpty();
    LiveSession.awaitMore(unharmed, 50);
    unharmed.forEach(each -> assertThat(each.patch(cluster.pod(0)).statusCode()).isEqualTo(204));
    cluster.cluster().startNode(victim).awaitReady();
  }

  /// All at once, as encoders do.
  ///
  /// @return when each was let in, in seconds after that moment, the first one first
  private List<Double> publishAllAgain(List<String> streams, int notAt, long since) {
    List<CompletableFuture<Double>> all = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (String stream : streams) {
        int pod = all.size() % 2;
        all.add(
            CompletableFuture.supplyAsync(
                () -> {
                  LiveSession again = publishAgain(pod, stream);
                  double seconds = since(since);
                  assertThat(cluster.nodeOf(again.answer())).isNotEqualTo(notAt);
                  synchronized (publishers) {
                    publishers.put(stream, again);
                  }
                  return seconds;
                },
                threads));
      }
    }
    return all.stream().map(CompletableFuture::join).sorted().toList();
  }

  @Test
  @Order(3)
  void theBrokerIsAway() {
    streams("broker");
    cluster.cluster().kafka().process().kill();
    long killed = System.nanoTime();
    HttpResponse<String> refused = untilRefused();
    System.out.printf(
        "the broker killed: a POST is refused by %d, Retry-After %s, %.1f s after%n",
        refused.statusCode(),
        refused.headers().firstValue("Retry-After").orElse("none"),
        since(killed));
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    await().atMost(PATIENCE).until(() -> !cluster.cluster().pod(0).isReady());
    assertThat(cluster.cluster().pod(0).isLive()).isTrue();
    assertThat(cluster.cluster().node(0).isLive()).isTrue();
    awaitMediaEverywhere();
    // Viewers may leave, though nobody can tell their node.
    LiveSession leaving = viewers.removeFirst();
    assertThat(leaving.delete(cluster.pod(0)).statusCode()).isEqualTo(200);
    awaySince(killed);
    cluster.cluster().kafka().restart();
    long back = System.nanoTime();
    LiveSession fresh = publishAgain(0, "after-broker");
    System.out.printf("the broker is back: a POST is served %.1f s after%n", since(back));
    fresh.delete(cluster.pod(0));
    awaitMediaEverywhere();
    viewers.forEach(each -> assertThat(each.patch(cluster.pod(1)).statusCode()).isEqualTo(204));
    assertThat(viewers).allMatch(each -> each.peer().closeReason() == null);
    cluster.cluster().pod(0).awaitReady();
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
  @Order(4)
  void theStoreStandsStill() throws Exception {
    streams("store");
    cluster.cluster().infinispan().process().freeze();
    long frozen = System.nanoTime();
    HttpResponse<String> refused = untilRefused();
    System.out.printf(
        "the store frozen: a POST is refused by %d, Retry-After %s, %.1f s after%n",
        refused.statusCode(),
        refused.headers().firstValue("Retry-After").orElse("none"),
        since(frozen));
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    await().atMost(PATIENCE).until(() -> !cluster.cluster().pod(0).isReady());
    assertThat(cluster.cluster().pod(0).isLive()).isTrue();
    awaitMediaEverywhere();
    // Every pod remembers on which nodes the sessions are, whichever has opened them.
    for (LiveSession each : viewers) {
      assertThat(each.patch(cluster.pod(0)).statusCode()).isEqualTo(204);
      assertThat(each.patch(cluster.pod(1)).statusCode()).isEqualTo(204);
    }
    for (int pod = 0; pod < 2; pod++) {
      LiveSession leaving = viewers.removeFirst();
      assertThat(leaving.delete(cluster.pod(pod)).statusCode()).isEqualTo(200);
      await().atMost(PATIENCE).until(() -> leaving.peer().closeReason() != null);
    }
    // That a viewer has gone is handled when the store is back, not lost.
    LiveSession gone = viewers.removeFirst();
    gone.peer().close();
    awaySince(frozen);
    cluster.cluster().infinispan().process().thaw();
    long back = System.nanoTime();
    LiveSession fresh = publishAgain(0, "after-store");
    System.out.printf("the store is back: a POST is served %.1f s after%n", since(back));
    await().atMost(PATIENCE).until(() -> gone.patch(cluster.pod(1)).statusCode() == 404);
    fresh.delete(cluster.pod(0));
    awaitMediaEverywhere();
    viewers.forEach(each -> assertThat(each.patch(cluster.pod(1)).statusCode()).isEqualTo(204));
    assertThat(viewers).allMatch(each -> each.peer().closeReason() == null);
  }

  @Test
  @Order(5)
  void aNodeIsCutOff() {
    var kafka = cluster.cluster().kafka();
    int apart = 2;
    cluster.cluster().node(apart).close();
    try (var relay = new TcpRelay(kafka.relayPort(), kafka.portApart())) {
      cluster.cluster().startNode(apart, "127.0.0.1:" + kafka.relayPort()).awaitReady();
      LiveSession old = publishAt(apart);
      LiveSession viewer = LiveSession.play(parts, cluster.pod(0), old.stream());
      viewer.awaitMore(20);
      relay.cut();
      long cut = System.nanoTime();
      LiveSession next = publishAgain(1, old.stream());
      double republished = since(cut);
      assertThat(cluster.nodeOf(next.answer())).isNotEqualTo(apart);
      assertThat(old.peer().closeReason()).isNull();
      Pause.of(10_000);
      relay.mend();
      long mended = System.nanoTime();
      await().atMost(PATIENCE).until(() -> old.peer().closeReason() != null);
      System.out.printf(
          "a node cut off: its stream published elsewhere after %.1f s; the old publisher closed"
              + " %.1f s after the cut was mended%n",
          republished, since(mended));
      assertThat(next.peer().closeReason()).isNull();
      next.delete(cluster.pod(0));
      viewer.delete(cluster.pod(0));
    }
    // Its cable is gone.
    cluster.cluster().node(apart).close();
    cluster.cluster().startNode(apart).awaitReady();
  }

  /// Publishes until a stream is at that node.
  private LiveSession publishAt(int node) {
    for (int i = 0; i < 30; i++) {
      String stream = "split" + i;
      LiveSession session = LiveSession.publish(parts, cluster.pod(i % 2), stream);
      publishers.put(stream, session);
      if (cluster.nodeOf(session.answer()) == node) {
        return session;
      }
    }
    throw new AssertionError("no stream came to node " + node);
  }

  @Test
  @Order(6)
  void aPodStartsBeforeBrokerAndStore() {
    streams("all");
    cluster.cluster().pod(0).close();
    cluster.cluster().kafka().process().kill();
    cluster.cluster().infinispan().process().freeze();
    Member pod = cluster.cluster().startPod(0);
    await().atMost(PATIENCE).until(pod::isLive);
    assertThat(pod.isReady()).isFalse();
    HttpResponse<String> refused = untilRefused();
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();

    cluster.cluster().infinispan().process().thaw();
    cluster.cluster().kafka().restart();
    long back = System.nanoTime();
    pod.awaitReady();
    awaitMediaEverywhere();
    LiveSession fresh = publishAgain(0, "after-all");
    System.out.printf(
        "a pod that started alone: ready, and a POST served, %.1f s after both came%n",
        since(back));
    fresh.delete(cluster.pod(0));
  }

  /// The only one, with all that it had in memory: what lives is put back by those who remember it.
  @Test
  @Order(7)
  void theStoreDies() {
    streams("lost");
    cluster.cluster().infinispan().process().kill();
    long killed = System.nanoTime();
    HttpResponse<String> refused = untilRefused();
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    awaitMediaEverywhere();
    cluster.cluster().infinispan().restart();
    long back = System.nanoTime();
    System.out.printf("the store is killed, and there again %.1f s after%n", since(killed));
    LiveSession fresh = publishAgain(0, "after-lost");
    double served = since(back);
    await()
        .atMost(PATIENCE)
        .until(() ->
            viewers.stream().allMatch(each -> each.patch(cluster.pod(1)).statusCode() == 204));
    double put = since(back);
    int known = viewers.size();
    for (String stream : publishers.keySet()) {
      LiveSession late = LiveSession.play(parts, cluster.pod(1), stream);
      late.awaitMore(20);
      viewers.add(late);
    }
    System.out.printf(
        "the store is back without anything: a POST is served %.1f s after, all %d viewers are"
            + " known again %.1f s after, all streams can be watched %.1f s after%n",
        served, known, put, since(back));
    assertThat(viewers).allMatch(each -> each.peer().closeReason() == null);
    fresh.delete(cluster.pod(0));
  }
}
