package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Viewers come, watch, and go, every fifth without a word. Short in a build; as long as one likes
/// with `./wishbone soak SESSIONS`.
class ChurnIT {
  private static final int SESSIONS = Integer.getInteger("soak.sessions", 150);
  private static final int AT_ONCE = 8;
  private static final int WARM_UP = Math.min(100, SESSIONS / 3);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension static final RunningServer server = RunningServer.with("--demo", "true");

  private final AtomicInteger failed = new AtomicInteger();

  private record Footprint(int threads, int files, long heapBytes) {}

  @Test
  void leavesNothingBehind() throws Exception {
    await().atMost(PATIENCE).until(() -> sessions("open") == 1);
    churn(WARM_UP);
    Footprint before = footprint();
    churn(SESSIONS - WARM_UP);
    Footprint after = footprint();

    System.out.printf(
        "churn: %d sessions, %d failed; threads %d -> %d, files %d -> %d, heap %.1f -> %.1f MB%n",
        SESSIONS,
        failed.get(),
        before.threads(),
        after.threads(),
        before.files(),
        after.files(),
        before.heapBytes() / 1e6,
        after.heapBytes() / 1e6);
    assertThat(failed.get()).as("of " + SESSIONS).isLessThanOrEqualTo(SESSIONS / 10_000);
    // Pools of the virtual machine come and go by a few.
    assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 8);
    assertThat(after.files()).isLessThanOrEqualTo(before.files() + 8);
    assertThat(after.heapBytes()).isLessThanOrEqualTo(before.heapBytes() + 5_000_000);
  }

  private void churn(int sessions) throws InterruptedException {
    var places = new Semaphore(AT_ONCE);
    try (ClientParts parts = ClientParts.start("wishbone-churn", new SignalingClient(null))) {
      for (int i = 0; i < sessions; i++) {
        boolean vanishes = i % 5 == 0;
        places.acquire();
        Thread.ofVirtual()
            .start(() -> {
              try {
                ChurningViewer.comesAndGoes(parts, server.whep("demo"), vanishes, PATIENCE);
              } catch (Exception e) {
                System.out.println("churn: " + e);
                failed.incrementAndGet();
              } finally {
                places.release();
              }
            });
      }
      places.acquire(AT_ONCE);
    }
    // Those that vanished are noticed by their silence.
    await().atMost(PATIENCE).until(() -> sessions("open") == 1);
  }

  /// After the collector has been through.
  private Footprint footprint() throws IOException, InterruptedException {
    Path process = Path.of("/proc", "" + server.pid());
    return new Footprint(
        count(process.resolve("task")), count(process.resolve("fd")), usedAfterCollection());
  }

  private static int count(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return (int) entries.count();
    }
  }

  private static long usedAfterCollection() throws IOException, InterruptedException {
    Process histogram =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                "" + server.pid(),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String output = new String(histogram.getInputStream().readAllBytes());
    histogram.waitFor();
    Matcher total = Pattern.compile("Total\\s+\\d+\\s+(\\d+)").matcher(output);
    assertThat(total.find()).as(output).isTrue();
    return Long.parseLong(total.group(1));
  }

  private static int sessions(String state) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var uri = server.console().resolve("api/v1/sessions?limit=1&state=" + state);
      String body =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
      Matcher total = Pattern.compile("\"total\":(\\d+)").matcher(body);
      assertThat(total.find()).as(body).isTrue();
      return Integer.parseInt(total.group(1));
    }
  }
}
