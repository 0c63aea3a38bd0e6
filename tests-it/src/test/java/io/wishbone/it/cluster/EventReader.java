package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;

/// Reads the events of a viewer's session at one pod.
final class EventReader implements AutoCloseable {

  private final HttpClient http = HttpClient.newHttpClient();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  static EventReader open(URI pod, LiveSession session, String... events)
      throws IOException, InterruptedException {
    var reader = new EventReader();
    String wished = "[\"" + String.join("\",\"", events) + "\"]";
    var made =
        LiveSession.send(
            HttpRequest.newBuilder(pod.resolve(session.path() + "/events"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(wished)));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    URI stream =
        pod.resolve(URI.create(made.headers().firstValue("Location").orElseThrow()).getPath());
    var response =
        reader.http.send(HttpRequest.newBuilder(stream).build(), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    Thread.ofVirtual()
        .start(() -> {
          try (var text =
              new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            text.lines().forEach(reader.lines::add);
          } catch (IOException | RuntimeException _) {
            // The pod has ended it.
          }
        });
    return reader;
  }

  void await(String line) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> lines.stream().anyMatch(each -> each.replace(" ", "").equals(line)));
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
