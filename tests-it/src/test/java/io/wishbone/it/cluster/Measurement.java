package io.wishbone.it.cluster;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// Offers at a steady rate, by turns at both pods, and how long each took to be answered. Each
/// session is ended at the other pod.
final class Measurement {

  private static final int INTERVAL_MILLIS = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  private final TestCluster cluster;
  private final String offer;
  private final String name;
  private final List<Double> millis = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger refused = new AtomicInteger();
  private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
  private Map<String, Double> cores = Map.of();

  Measurement(TestCluster cluster, String offer, String name) {
    this.cluster = cluster;
    this.offer = offer;
    this.name = name;
  }

  void run(int count) {
    long begin = System.nanoTime();
    Map<String, Double> before = seconds();
    offerAll(count);
    double took = (System.nanoTime() - begin) / 1e9;
    cores = seconds();
    cores.replaceAll((process, after) -> (after - before.getOrDefault(process, 0.0)) / took);
  }

  /// Processor time of each process so far, that of the clients included.
  private Map<String, Double> seconds() {
    Map<String, Double> all = new TreeMap<>();
    cluster.cluster().processes().forEach((name, pid) -> all.put(name, seconds(pid)));
    all.put("clients", seconds(ProcessHandle.current().pid()));
    return all;
  }

  private static double seconds(long pid) {
    return ProcessHandle.of(pid)
            .flatMap(each -> each.info().totalCpuDuration())
            .orElse(Duration.ZERO)
            .toMillis()
        / 1e3;
  }

  private void offerAll(int count) {
    try (var clock = Executors.newSingleThreadScheduledExecutor();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var next = new AtomicInteger();
      var ticks =
          clock.scheduleAtFixedRate(
              () -> {
                int number = next.getAndIncrement();
                if (number < count) {
                  threads.submit(() -> offer(number));
                }
              },
              0,
              INTERVAL_MILLIS,
              TimeUnit.MILLISECONDS);
      await().atMost(PATIENCE).until(() -> answered() + refused() == count);
      ticks.cancel(false);
    }
  }

  int answered() {
    return millis.size();
  }

  /// Those that got another answer, or none.
  int refused() {
    return refused.get();
  }

  private void offer(int number) {
    String refusal = null;
    try {
      long begin = System.nanoTime();
      var response =
          LiveSession.send(
              HttpRequest.newBuilder(
                      cluster.pod(number % 2).resolve("whip/endpoint/" + name + number))
                  .header("Content-Type", "application/sdp")
                  .POST(BodyPublishers.ofString(offer)));
      double took = (System.nanoTime() - begin) / 1e6;
      if (response.statusCode() == 201) {
        URI session = URI.create(response.headers().firstValue("Location").orElseThrow());
        LiveSession.send(
            HttpRequest.newBuilder(cluster.pod(1 - number % 2).resolve(session.getPath()))
                .DELETE());
        millis.add(took);
      } else {
        refusal = response.statusCode() + " " + response.body();
      }
    } catch (RuntimeException failure) {
      refusal = failure.toString();
    }
    if (refusal != null) {
      refusals.merge(refusal, 1, Integer::sum);
      refused.incrementAndGet();
    }
  }

  /// What those were told who were not let in, and how many.
  Map<String, Integer> refusals() {
    return new TreeMap<>(refusals);
  }

  /// What so many percent were answered in, NaN when none was.
  double millis(int percent) {
    var sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    return sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() - 1) * percent / 100);
  }

  /// How much of a core each process has used, and all together.
  String cores() {
    return cores.entrySet().stream()
        .map(each -> "%s %.2f".formatted(each.getKey(), each.getValue()))
        .collect(
            Collectors.joining(
                ", ",
                "%.2f cores: "
                    .formatted(cores.values().stream().mapToDouble(Double::doubleValue).sum()),
                ""));
  }

  @Override
  public String toString() {
    return "p50 %.1f, p90 %.1f, p99 %.1f, most %.1f ms (%d answered, %d not)"
        .formatted(millis(50), millis(90), millis(99), millis(100), answered(), refused());
  }
}
