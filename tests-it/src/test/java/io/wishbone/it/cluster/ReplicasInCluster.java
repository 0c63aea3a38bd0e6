package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.app.cluster.LocalProcess;
import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Three brokers and two servers of the store: one of them is killed while people publish, watch,
/// come and go. Nobody may notice more than a pause. Times are printed; what is asserted is that
/// media flow on, that whoever is refused is told to come again, that everything goes on, that of
/// two who want the same stream one gets it, and that no session is left at a node which nobody
/// has.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplicasInCluster {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int STREAMS = 3;

  /// Clients that come after the death, which are many more than come in the pause.
  private static final int VISITS = 250;

  @TempDir static Path directory;
  private static TestCluster cluster;
  private static ClientParts parts;
  private static Balancer balancer;

  @BeforeAll
  static void start() {
    parts = ClientParts.start("replica-clients", new SignalingClient(null));
    cluster = TestCluster.startWithThreeBrokersAndTwoStores(directory);
    balancer = new Balancer(List.of(cluster.pod(0), cluster.pod(1)));
  }

  @AfterAll
  static void stop() {
    balancer.close();
    parts.close();
    cluster.close();
  }

  @Test
  @Order(1)
  void oneOfThreeBrokersDies() {
    dies("broker", cluster.cluster().kafka().process());
    cluster.cluster().kafka().restart();
  }

  @Test
  @Order(2)
  void oneOfTwoServersOfTheStoreDies() {
    dies("server of the store", cluster.cluster().infinispan().process());
  }

  private static void dies(String what, LocalProcess victim) {
    String name = what.replace(' ', '-');
    List<LiveSession> publishers = new ArrayList<>();
    List<LiveSession> viewers = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      publishers.add(LiveSession.publish(parts, cluster.pod(i % 2), name + i));
      viewers.add(LiveSession.play(parts, cluster.pod(1 - i % 2), name + i));
    }
    LiveSession.awaitMore(viewers, 50);
    var offer = new LiveSession.Offer(LiveSession.publisher(parts).offer());
    int both = 0;
    int one = 0;
    var load = new SteadyLoad(cluster, balancer, offer);
    try (load) {
      await().atMost(PATIENCE).until(() -> load.requests() > VISITS);
      double before = load.longestPause();
      victim.kill();
      int then = load.requests();
      // Two want the same stream, again and again, while the servers sort themselves out.
      for (int i = 0; load.requests() < then + VISITS; i++) {
        int winners = contest(offer.text(), name + "-contested" + i);
        both += winners > 1 ? 1 : 0;
        one += winners == 1 ? 1 : 0;
      }
      System.out.printf(
          "one %s killed: the longest pause between two publishers let in was %.1f s, %.1f s"
              + " before; of streams that two wanted at once, %d went to one, %d to both%n",
          what, load.longestPause(), before, one, both);
    }
    System.out.printf("  at 10 publishers a second: %s%n", load);
    load.failures().stream().limit(5).forEach(each -> System.out.println("  " + each));
    assertThat(load.failures()).allMatch(each -> each.contains(": 503 "));
    assertThat(both).isZero();
    assertThat(one).isPositive();
    LiveSession.awaitMore(viewers, 50);
    for (LiveSession each : viewers) {
      await()
          .atMost(PATIENCE)
          .until(() -> each.patch(balancer.next()).statusCode(), status -> status == 204);
      assertThat(each.peer().closeReason()).isNull();
    }
    // Whoever was not let in has left nothing behind.
    await().atMost(PATIENCE).until(() -> sessionsAtNodes() == 2 * STREAMS);
    viewers.forEach(each -> each.delete(balancer.next()));
    publishers.forEach(each -> each.delete(balancer.next()));
    await().atMost(PATIENCE).until(() -> sessionsAtNodes() == 0);
  }

  /// @return how many of two got the stream
  private static int contest(String offer, String stream) {
    var all =
        List.of(0, 1).stream()
            .map(pod -> CompletableFuture.supplyAsync(() -> post(offer, pod, stream)))
            .toList();
    List<HttpResponse<String>> let =
        all.stream().map(CompletableFuture::join).filter(each -> each.statusCode() == 201).toList();
    for (HttpResponse<String> each : let) {
      String path = URI.create(each.headers().firstValue("Location").orElseThrow()).getPath();
      LiveSession.send(HttpRequest.newBuilder(balancer.next().resolve(path)).DELETE());
    }
    return let.size();
  }

  private static HttpResponse<String> post(String offer, int pod, String stream) {
    return LiveSession.send(
        HttpRequest.newBuilder(cluster.pod(pod).resolve("whip/endpoint/" + stream))
            .header("Content-Type", "application/sdp")
            .POST(HttpRequest.BodyPublishers.ofString(offer)));
  }

  private static int sessionsAtNodes() {
    return cluster.cluster().nodes().stream()
        .mapToInt(node -> (int) Exposition.of(node).value("wishbone_sessions{"))
        .sum();
  }
}
