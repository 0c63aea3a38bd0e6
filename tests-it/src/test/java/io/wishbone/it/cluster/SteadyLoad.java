package io.wishbone.it.cluster;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Publishers that come at a steady rate, each to a stream of its own: POST, PATCH, and after a
/// second DELETE, each by way of whichever pod it falls to. Whatever is not answered as it should
/// be is a failure; nothing is tried twice.
final class SteadyLoad implements AutoCloseable {

  private static final int INTERVAL_MILLIS = 100;
  private static final int STAY_MILLIS = 1_000;

  private final TestCluster cluster;
  private final Balancer balancer;
  private final LiveSession.Offer offer;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger number = new AtomicInteger();
  private final Map<String, List<Double>> millis = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Opened> opened = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Long> answers = new ConcurrentLinkedQueue<>();

  /// Which node has let somebody in, and when that one came.
  private record Opened(int node, long nanos) {}

  SteadyLoad(TestCluster cluster, Balancer balancer, LiveSession.Offer offer) {
    this.cluster = cluster;
    this.balancer = balancer;
    this.offer = offer;
    clock.scheduleAtFixedRate(
        () -> threads.submit(this::visit), 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void visit() {
    String stream = "visit" + number.incrementAndGet();
    long begin = System.nanoTime();
    HttpResponse<String> response =
        ask("POST", 201, () -> post(balancer.next().resolve("whip/endpoint/" + stream)));
    if (response == null) {
      return;
    }
    answers.add(System.nanoTime());
    opened.add(new Opened(cluster.nodeOf(response.body()), begin));
    String path = URI.create(response.headers().firstValue("Location").orElseThrow()).getPath();
    String tag = response.headers().firstValue("ETag").orElseThrow();
    ask("PATCH", 204, () -> offer.patch(balancer.next().resolve(path), tag));
    Pause.of(STAY_MILLIS);
    ask(
        "DELETE",
        200,
        () -> LiveSession.send(HttpRequest.newBuilder(balancer.next().resolve(path)).DELETE()));
  }

  private HttpResponse<String> post(URI endpoint) {
    return LiveSession.send(
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/sdp")
            .POST(BodyPublishers.ofString(offer.text())));
  }

  /// @return null when it failed
  private HttpResponse<String> ask(
      String method, int expected, Supplier<HttpResponse<String>> request) {
    long begin = System.nanoTime();
    String failure;
    try {
      HttpResponse<String> response = request.get();
      millis
          .computeIfAbsent(method, _ -> Collections.synchronizedList(new ArrayList<>()))
          .add((System.nanoTime() - begin) / 1e6);
      if (response.statusCode() == expected) {
        return response;
      }
      String again = response.headers().firstValue("Retry-After").orElse("");
      failure =
          response.statusCode()
              + (again.isEmpty() ? " " : ", to come again after " + again + " s: ")
              + response.body();
    } catch (RuntimeException broken) {
      failure = broken.toString();
    }
    failures.add(
        "%s after %.0f ms: %s".formatted(method, (System.nanoTime() - begin) / 1e6, failure));
    return null;
  }

  /// The longest time between two answers that let somebody in, in seconds.
  double longestPause() {
    List<Long> sorted = answers.stream().sorted().toList();
    long longest = 0;
    for (int i = 1; i < sorted.size(); i++) {
      longest = Math.max(longest, sorted.get(i) - sorted.get(i - 1));
    }
    return longest / 1e9;
  }

  /// How many a node has let in of those who came between two moments.
  long openedAt(int node, long from, long to) {
    return opened.stream()
        .filter(each -> each.node() == node && each.nanos() >= from && each.nanos() < to)
        .count();
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  int requests() {
    return millis.values().stream().mapToInt(List::size).sum();
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (String method : List.of("POST", "PATCH", "DELETE")) {
      List<Double> sorted = new ArrayList<>(millis.getOrDefault(method, List.of()));
      if (sorted.isEmpty()) {
        continue;
      }
      Collections.sort(sorted);
      text.append(
          "%s%d %s: p50 %.0f, p99 %.0f, most %.0f ms"
              .formatted(
                  text.isEmpty() ? "" : "; ",
                  sorted.size(),
                  method,
                  sorted.get(sorted.size() / 2),
                  sorted.get(sorted.size() * 99 / 100),
                  sorted.getLast()));
    }
    return text.append("; ").append(failures.size()).append(" failed").toString();
  }

  /// Nobody comes any more; those who have come go.
  @Override
  public void close() {
    clock.shutdownNow();
    threads.close();
  }
}
