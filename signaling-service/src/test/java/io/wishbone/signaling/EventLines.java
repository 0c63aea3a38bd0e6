package io.wishbone.signaling;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/// Reads a stream of server-sent events as an EventSource does, and keeps every line.
final class EventLines implements AutoCloseable {

  private final HttpResponse<InputStream> response;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private volatile boolean over;

  /// @param headers names and values in turn
  EventLines(String eventStream, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(eventStream)).header("Accept", "text/event-stream");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      response = client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (var reader =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("broken: " + e);
    }
    over = true;
  }

  HttpResponse<?> response() {
    return response;
  }

  /// All lines so far that are not empty.
  List<String> lines() {
    return lines.stream().filter(line -> !line.isEmpty()).toList();
  }

  /// Names and data of all events so far, `viewercount {"viewercount":1}`.
  List<String> events() {
    List<String> names = values("event");
    List<String> data = values("data");
    return IntStream.range(0, Math.min(names.size(), data.size()))
        .mapToObj(i -> names.get(i) + " " + data.get(i))
        .toList();
  }

  List<String> values(String field) {
    String prefix = field + ":";
    return lines.stream()
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()).strip())
        .toList();
  }

  /// Whether the server has ended it.
  boolean isOver() {
    return over;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
