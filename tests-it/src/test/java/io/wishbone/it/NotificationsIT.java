package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.it.conformance.SoundPeer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A server of one process tells an operator's program, from memory.
class NotificationsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final WebhookReceiver receiver = new WebhookReceiver();

  @RegisterExtension
  static final RunningServer server =
      RunningServer.with("--notification-url", receiver.address().toString());

  @AfterAll
  static void stop() {
    receiver.close();
  }

  @Test
  void tellsWhatBecomesOfAStreamAgainUntilItIsTaken() throws Exception {
    receiver.answer(503);
    try (ClientParts parts = ClientParts.start("notifications", new SignalingClient(null));
        HttpClient http = HttpClient.newHttpClient()) {
      URI endpoint = server.whip("told");
      SoundPeer peer = SoundPeer.publisher(parts);
      HttpResponse<String> opened =
          http.send(
              HttpRequest.newBuilder(endpoint)
                  .header("Content-Type", "application/sdp")
                  .POST(BodyPublishers.ofString(peer.offer()))
                  .build(),
              BodyHandlers.ofString());
      peer.accept(opened.body());
      await().atMost(PATIENCE).until(() -> !receiver.told("told", 503).isEmpty());
      receiver.answer(204);
      await().atMost(PATIENCE).until(() -> receiver.told("told", 204).size() == 2);
      URI session = endpoint.resolve(opened.headers().firstValue("Location").orElseThrow());
      http.send(HttpRequest.newBuilder(session).DELETE().build(), BodyHandlers.discarding());
      await().atMost(PATIENCE).until(() -> receiver.told("told", 204).size() == 4);
    }
    assertThat(receiver.told("told", 204))
        .extracting(each -> each.text("type"))
        .containsExactly("session.connected", "stream.started", "session.ended", "stream.ended");
  }
}
