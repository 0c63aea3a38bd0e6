package io.wishbone.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Reads an event stream, and keeps every line.
final class EventLines implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final InputStream body;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private volatile boolean over;

  /// Returns when the server says that it is open.
  EventLines(Http http, String eventStream) {
    HttpResponse<InputStream> response =
        http.send(
            BodyHandlers.ofInputStream(), "GET", eventStream, "", "Accept", "text/event-stream");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    body = response.body();
    Thread.ofVirtual().start(this::read);
    await().atMost(PATIENCE).until(() -> lines.contains(":open"));
  }

  private void read() {
    try (var reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
      over = true;
    } catch (IOException | UncheckedIOException e) {
      lines.add("broken: " + e);
    }
  }

  /// The lines so far, comments included.
  List<String> lines() {
    return lines;
  }

  /// The types of the events so far.
  List<String> types() {
    return values("event");
  }

  /// The data of the events so far.
  List<String> data() {
    return values("data");
  }

  private List<String> values(String field) {
    return lines.stream()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).strip())
        .toList();
  }

  /// Waits for these events, and fails when there are others.
  void awaitTypes(String... types) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(types()).containsExactly(types));
  }

  /// Waits until the latest event has these data.
  void awaitLast(String data) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(data()).last().isEqualTo(data));
  }

  /// Waits for an event whose data match.
  void awaitData(String pattern) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(data()).anyMatch(each -> each.matches(pattern)));
  }

  /// Waits until the server ends it, in good order.
  void awaitEnd() {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(over).as("" + lines).isTrue());
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
