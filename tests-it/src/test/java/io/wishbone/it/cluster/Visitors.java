package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.ClientParts;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Those who come and go all the time, ten publishers a second, and pairs of whom each wants the
/// same stream.
final class Visitors implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /// So many requests that are served one after the other say that all is well again.
  private static final int CALM = 45;

  private final TestCluster cluster;
  private final Balancer balancer;
  private final String name;
  private final LiveSession.Offer offer;
  private final SteadyLoad load;
  private int both;
  private int one;

  Visitors(TestCluster cluster, ClientParts parts, Balancer balancer, String name) {
    this.cluster = cluster;
    this.balancer = balancer;
    this.name = name;
    offer = new LiveSession.Offer(LiveSession.publisher(parts).offer());
    load = new SteadyLoad(cluster, balancer, offer);
  }

  /// Two want the same stream, again and again, until so many have come; and somebody wants one
  /// that has its publisher.
  void contest(int visits, List<LiveSession> publishers) {
    int until = load.requests() + visits;
    for (int i = 0; load.requests() < until; i++) {
      int winners = winners(name + "-contested" + i);
      String held = publishers.get(i % publishers.size()).stream();
      assertThat(offer.publish(cluster.pod(i % 2), held).statusCode()).as(held).isIn(409, 503);
      both += winners > 1 ? 1 : 0;
      one += winners == 1 ? 1 : 0;
    }
  }

  /// @return how many of two got the stream
  private int winners(String stream) {
    var all =
        List.of(0, 1).stream()
            .map(
                pod -> CompletableFuture.supplyAsync(() -> offer.publish(cluster.pod(pod), stream)))
            .toList();
    List<HttpResponse<String>> let =
        all.stream().map(CompletableFuture::join).filter(each -> each.statusCode() == 201).toList();
    for (HttpResponse<String> each : let) {
      String path = URI.create(each.headers().firstValue("Location").orElseThrow()).getPath();
      LiveSession.send(HttpRequest.newBuilder(balancer.next().resolve(path)).DELETE());
    }
    return let.size();
  }

  /// Nobody is refused any more.
  void awaitCalm() {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          int failed = load.failures().size();
          int until = load.requests() + CALM;
          await().atMost(PATIENCE).until(() -> load.requests() >= until);
          return load.failures().size() == failed;
        });
  }

  /// Of streams that two wanted at once, how many both got.
  int sharedByTwo() {
    return both;
  }

  /// The same that one of them got.
  int won() {
    return one;
  }

  List<String> failures() {
    return load.failures();
  }

  /// Seconds between two publishers that were let in.
  double longestPause() {
    return load.longestPause();
  }

  void print(String what) {
    System.out.printf(
        "%s: the longest pause between two publishers let in was %.1f s; of streams that two wanted"
            + " at once, %d went to one, %d to both%n  at 10 publishers a second: %s%n",
        what, load.longestPause(), one, both, load);
    load.failures().stream().limit(5).forEach(each -> System.out.println("  " + each));
  }

  @Override
  public void close() {
    load.close();
  }
}
