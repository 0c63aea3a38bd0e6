package io.wishbone.it.cluster;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

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

  Measurement(TestCluster cluster, String offer, String name) {
    this.cluster = cluster;
    this.offer = offer;
    this.name = name;
  }

  void run(int count) {
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
    boolean isAnswered = false;
    try {
      long begin = System.nanoTime();
      var response =
          LiveSession.send(
              HttpRequest.newBuilder(
                      cluster.pod(number % 2).resolve("whip/endpoint/" + name + number))
                  .header("Content-Type", "application/sdp")
                  .POST(BodyPublishers.ofString(offer)));
      double took = (System.nanoTime() - begin) / 1e6;
      isAnswered = response.statusCode() == 201;
      if (isAnswered) {
        URI session = URI.create(response.headers().firstValue("Location").orElseThrow());
        LiveSession.send(
            HttpRequest.newBuilder(cluster.pod(1 - number % 2).resolve(session.getPath()))
                .DELETE());
        millis.add(took);
      }
    } catch (RuntimeException failure) {
      isAnswered = false;
    } finally {
      if (!isAnswered) {
        refused.incrementAndGet();
      }
    }
  }

  @Override
  public String toString() {
    var sorted = new ArrayList<>(millis);
    if (sorted.isEmpty()) {
      return "none was answered";
    }
    Collections.sort(sorted);
    return "p50 %.1f ms, p99 %.1f ms, most %.1f ms (%d answered, %d not)"
        .formatted(
            sorted.get(sorted.size() / 2),
            sorted.get(sorted.size() * 99 / 100),
            sorted.getLast(),
            sorted.size(),
            refused());
  }
}
