package io.wishbone.it.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// What stands in front of the pods: looks every second which of them is ready, takes one out after
/// two failures and in after one success, and tries nothing twice.
final class Balancer implements AutoCloseable {

  private static final long LOOK_MILLIS = 1_000;
  private static final int FAILURES = 2;

  private final List<URI> pods;
  private final ConcurrentHashMap<URI, Integer> failures = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  Balancer(List<URI> pods) {
    this.pods = List.copyOf(pods);
    clock.scheduleAtFixedRate(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    for (URI pod : pods) {
      failures.merge(pod, isReady(pod) ? 0 : 1, (before, now) -> now == 0 ? 0 : before + now);
    }
  }

  private boolean isReady(URI pod) {
    var request =
        HttpRequest.newBuilder(pod.resolve("q/health/ready"))
            .timeout(Duration.ofSeconds(1))
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  boolean isIn(URI pod) {
    return failures.getOrDefault(pod, FAILURES) < FAILURES;
  }

  /// The next pod by turns.
  URI next() {
    List<URI> in = pods.stream().filter(this::isIn).toList();
    if (in.isEmpty()) {
      throw new IllegalStateException("no pod is ready");
    }
    return in.get(Math.floorMod(turn.getAndIncrement(), in.size()));
  }

  @Override
  public void close() {
    clock.shutdownNow();
    client.close();
  }
}
