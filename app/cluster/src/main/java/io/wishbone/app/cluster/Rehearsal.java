package io.wishbone.app.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a pod and a node learn from, once after each build: publishers come and go, as fast as they
/// are served. No media: only what stands between a request and its answer.
final class Rehearsal {

  /// Enough to know which methods matter, and how they are used.
  private static final int SESSIONS = 600;

  private static final Duration LONGEST = Duration.ofSeconds(45);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Duration END = Duration.ofSeconds(90);
  private static final int CLIENTS = 3;

  private final URI pod;
  private final String offer = offer();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Rehearsal(URI pod) {
    this.pod = pod;
  }

  /// Lets clients come to this pod, and ends pod and node, so that they write what they have
  /// learnt.
  static void hold(Member pod, Member node) {
    pod.awaitReady();
    node.awaitReady();
    new Rehearsal(pod.http()).run();
    for (Member member : List.of(node, pod)) {
      member.process().terminate();
      // The second time it means at once.
      member.process().terminate();
    }
    node.process().awaitExit(END);
    pod.process().awaitExit(END);
  }

  private void run() {
    long end = System.nanoTime() + LONGEST.toNanos();
    var clients = new ArrayList<Thread>();
    for (int i = 0; i < CLIENTS; i++) {
      String name = "rehearsal-" + i + "-";
      clients.add(Thread.ofVirtual().start(() -> comeAndGo(name, end)));
    }
    for (Thread client : clients) {
      try {
        client.join();
      } catch (InterruptedException failure) {
        throw new IllegalStateException(failure);
      }
    }
    http.close();
  }

  private void comeAndGo(String name, long end) {
    for (int number = 0; number < SESSIONS / CLIENTS && System.nanoTime() - end < 0; number++) {
      HttpResponse<String> opened =
          send(
              HttpRequest.newBuilder(pod.resolve("whip/endpoint/" + name + number))
                  .header("Content-Type", "application/sdp")
                  .POST(BodyPublishers.ofString(offer)));
      opened
          .headers()
          .firstValue("Location")
          .ifPresent(session -> send(HttpRequest.newBuilder(pod.resolve(session)).DELETE()));
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(ANSWER).build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static String offer() {
    try (InputStream file = Rehearsal.class.getResourceAsStream("offer.sdp")) {
      if (file == null) {
        throw new IllegalStateException("offer.sdp is not packaged");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
