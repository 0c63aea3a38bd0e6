package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.RepeatedTest;

/// A server that has just started has made a request of its own, so that no client waits for what
/// the first one costs.
class FirstRequestIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RepeatedTest(3)
  void isMadeByTheServerAndNotCountedAmongThoseOfClients() throws IOException {
    try (RunningServer server = RunningServer.with("--log-level", "debug").started()) {
      await().atMost(PATIENCE).until(() -> server.log().contains("The first request is answered"));
      assertThat(server.log()).contains("The first request is answered: HTTP/1.1 400");

      long start = System.nanoTime();
      String answer = request(server, "POST /whip/endpoint/studio", "v=0");
      double millis = (System.nanoTime() - start) / 1e6;
      System.out.printf(
          Locale.ROOT,
          "R9: the first malformed request to a server that has just started: %.1f ms"
              + " (target 100 ms)%n",
          millis);
      assertThat(answer).startsWith("HTTP/1.1 400 ");

      assertThat(request(server, "GET /q/metrics", "").lines())
          .filteredOn(line -> line.startsWith("wishbone_requests_seconds_count"))
          .singleElement()
          .asString()
          .contains("code=\"400\"", "method=\"POST\"")
          .endsWith("} 1.0");
    }
  }

  private static String request(RunningServer server, String line, String body) throws IOException {
    try (var socket = new Socket("127.0.0.1", server.httpPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      String request =
          line
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sdp\r\nContent-Length: "
              + body.length()
              + "\r\nConnection: close\r\n\r\n"
              + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
