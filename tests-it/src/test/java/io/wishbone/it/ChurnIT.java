package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// People come, watch, and go, every fifth without a word; every tenth publishes. Short in a build;
/// as long as one likes with `./wishbone soak SESSIONS`.
class ChurnIT {
  private static final int SESSIONS = Integer.getInteger("soak.sessions", 150);
  private static final int AT_ONCE = 8;
  private static final int WARM_UP = Math.min(100, SESSIONS / 3);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension static final RunningServer server = RunningServer.with("--demo", "true");

  /// R6: nothing is known any more of those that went, the ones that vanished among them.
  private static final Duration FORGOTTEN = Duration.ofSeconds(30);

  /// Pools of the server let go of what they do not need.
  private static final Duration SETTLING = Duration.ofMinutes(2);

  /// Threads of the virtual machine itself, which come and go as it likes.
  private static final Pattern OF_THE_MACHINE =
      Pattern.compile(
          "(C[12] Compiler|GC Thread|G1 |Z[A-Z]|Attach Listener|Sweeper|VM |Signal|Common-).*");

  private static final int PROGRESS = 5_000;
  private static final Path TABLE = Path.of("target", "soak.md");

  private final AtomicInteger failed = new AtomicInteger();
  private int streams;
  private double emptied;

  /// @param threads by name, those of the virtual machine excepted
  private record Footprint(List<String> threads, int files, long heapBytes) {}

  @Test
  void leavesNothingBehind() throws Exception {
    await().atMost(PATIENCE).until(() -> sessions("open") == 1);
    churn(WARM_UP);
    Footprint before = footprint("before");
    long begin = System.nanoTime();
    churn(SESSIONS - WARM_UP);
    double seconds = (System.nanoTime() - begin) / 1e9 - emptied;
    if (SESSIONS >= 1_000) {
      // The server remembers the ended ones of the last minute.
      await().atMost(SETTLING).until(() -> sessions("ended") == 0);
    }
    Footprint after = settled(before);

    String table =
        """
        | sessions | failed | seconds | a second | threads | files | heap after collection, MB | forgotten after, s | heap of the test, MB |
        |---:|---:|---:|---:|---|---|---|---:|---:|
        | %d | %d | %.0f | %.0f | %d -> %d | %d -> %d | %.1f -> %.1f | %.0f | %.0f |
        """
            .formatted(
                SESSIONS,
                failed.get(),
                seconds,
                (SESSIONS - WARM_UP) / seconds,
                before.threads().size(),
                after.threads().size(),
                before.files(),
                after.files(),
                before.heapBytes() / 1e6,
                after.heapBytes() / 1e6,
                emptied,
                ownHeap() / 1e6);
    System.out.print(table);
    Files.writeString(TABLE, table);
    assertThat(failed.get()).as("of " + SESSIONS).isLessThanOrEqualTo(SESSIONS / 10_000);
    assertThat(after.threads())
        .as("threads, before: " + before.threads())
        .hasSizeLessThanOrEqualTo(before.threads().size());
    assertThat(after.files()).isLessThanOrEqualTo(before.files());
    assertThat(after.heapBytes()).isLessThanOrEqualTo(before.heapBytes() + 5_000_000);
  }

  /// No more than before, or what is left after a while.
  private static Footprint settled(Footprint before) throws Exception {
    long deadline = System.nanoTime() + SETTLING.toNanos();
    while (true) {
      Footprint now = footprint("after");
      boolean isSettled =
          now.threads().size() <= before.threads().size() && now.files() <= before.files();
      if (isSettled || System.nanoTime() > deadline) {
        return now;
      }
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
    }
  }

  private static long ownHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void churn(int sessions) throws InterruptedException {
    var places = new Semaphore(AT_ONCE);
    try (ClientParts parts = ClientParts.start("wishbone-churn", new SignalingClient(null))) {
      for (int i = 0; i < sessions; i++) {
        boolean vanishes = i % 5 == 0;
        // Another one in each ten: so every fifth of these vanishes, too.
        URI stream = i % 10 == i / 10 % 10 ? server.whip("churn" + streams++) : null;
        if (i > 0 && i % PROGRESS == 0) {
          System.out.printf("churn: %d of %d, %d failed%n", i, sessions, failed.get());
        }
        places.acquire();
        Thread.ofVirtual()
            .start(() -> {
              try {
                if (stream == null) {
                  ChurningVisitor.watches(parts, server.whep("demo"), vanishes, PATIENCE);
                } else {
                  ChurningVisitor.publishes(parts, stream, vanishes, PATIENCE);
                }
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
    long last = System.nanoTime();
    await().atMost(FORGOTTEN).until(() -> sessions("open") == 1);
    emptied = (System.nanoTime() - last) / 1e9;
  }

  /// After the collector has been through. What is on the heap is kept in a file, for whoever asks
  /// why there is more of it.
  private static Footprint footprint(String when) throws IOException, InterruptedException {
    Path process = Path.of("/proc", "" + server.pid());
    String histogram = histogram();
    Files.writeString(TABLE.resolveSibling("soak-heap-" + when + ".txt"), histogram);
    long heap = used(histogram);
    return new Footprint(threads(process.resolve("task")), count(process.resolve("fd")), heap);
  }

  private static List<String> threads(Path tasks) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> entries = Files.list(tasks)) {
      for (Path task : entries.toList()) {
        try {
          String name = Files.readString(task.resolve("comm")).strip();
          if (!OF_THE_MACHINE.matcher(name).matches()) {
            names.add(name);
          }
        } catch (NoSuchFileException _) {
          // It has just ended.
        }
      }
    }
    Collections.sort(names);
    return names;
  }

  private static int count(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return (int) entries.count();
    }
  }

  private static String histogram() throws IOException, InterruptedException {
    Process histogram =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                "" + server.pid(),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String output = new String(histogram.getInputStream().readAllBytes());
    histogram.waitFor();
    return output;
  }

  private static long used(String histogram) {
    Matcher total = Pattern.compile("Total\\s+\\d+\\s+(\\d+)").matcher(histogram);
    assertThat(total.find()).as(histogram).isTrue();
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
