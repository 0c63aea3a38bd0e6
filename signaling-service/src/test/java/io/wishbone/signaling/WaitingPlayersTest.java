package io.wishbone.signaling;

import static io.wishbone.signaling.Http.header;
import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.SessionId;
import io.wishbone.control.StreamName;
import io.wishbone.control.StreamStatus;
import io.wishbone.signaling.session.PublisherArrivals;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// P13 with `wishbone.whep.wait-for-publisher`: the request of a player waits.
@QuarkusTest
@TestProfile(WaitingPlayersTest.Patient.class)
class WaitingPlayersTest extends OverHttp {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// Connections count as idle long before players lose patience.
  public static final class Patient implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("wishbone.whep.wait-for-publisher", "10s", "quarkus.http.idle-timeout", "4S");
    }
  }

  @Inject InProcessCarrier carrier;
  @Inject PublisherArrivals arrivals;

  private CompletableFuture<HttpResponse<String>> playSoon(String stream) {
    return CompletableFuture.supplyAsync(() -> http.play(stream), Thread::startVirtualThread);
  }

  private void awaitWaiting(int count) {
    await().pollInterval(Duration.ofMillis(10)).until(() -> arrivals.waiting() == count);
  }

  /// As a node does.
  private void report(String stream, boolean live) {
    carrier.publish(new StreamStatus(ScriptedNode.ID, new StreamName(stream), live, 0, List.of()));
  }

  @Test
  @DisplayName("P13: a player that waits is answered as soon as the publisher is there")
  void areAnsweredWhenThePublisherComes() {
    var player = playSoon("soon");
    awaitWaiting(1);

    http.publish("soon");
    report("soon", false);

    // Whoever waits to the end is told 409.
    assertThat(location(player.join())).contains("/whep/resource/");
    assertThat(arrivals.waiting()).isZero();
  }

  @Test
  void waitForTheNextPublisherWhenTheLastOneIsGone() {
    String gone = location(http.publish("again"));
    sessions.end(new SessionId(gone.substring(gone.lastIndexOf('/') + 1)));
    var player = playSoon("again");
    awaitWaiting(1);
    report("again", false);
    awaitWaiting(1);

    http.publish("again");
    report("again", false);

    assertThat(location(player.join())).contains("/whep/resource/");
  }

  @Test
  void areAnsweredAllAtOnce() {
    List<CompletableFuture<HttpResponse<String>>> players = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      players.add(playSoon("soon"));
    }
    awaitWaiting(20);

    http.publish("soon");
    report("soon", false);

    players.forEach(player -> assertThat(player.join().statusCode()).isEqualTo(201));
  }

  @Test
  @DisplayName(
      "P13: nobody came: 409 with Retry-After, although the connection was silent for long")
  void areToldToComeAgainInTheEnd() {
    long begun = System.nanoTime();
    var player = playSoon("never");
    awaitWaiting(1);
    report("never", false);
    report("other", true);
    var response = player.join();

    assertThat(problem(response, 409)).contains("never has no publisher");
    assertThat(header(response, "Retry-After")).matches("[0-9]+");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(PATIENCE);
  }

  @Test
  void leaveNothingBehindWhenTheyGoAway() throws IOException {
    byte[] offer = Http.bytes(RealOffers.minimal("recvonly"));
    String head =
        """
        POST /whep/endpoint/never HTTP/1.1
        Host: localhost
        Content-Type: application/sdp
        Content-Length: %d

        """
            .formatted(offer.length)
            .replace("\n", "\r\n");
    long begun = System.nanoTime();
    try (var player = new Socket(base.getHost(), base.getPort())) {
      player.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      player.getOutputStream().write(offer);
      awaitWaiting(1);
    }

    awaitWaiting(0);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
  }

  @Test
  void doNotWaitWithAnOfferThatIsNoGood() {
    long begun = System.nanoTime();
    problem(http.post("/whep/endpoint/never", "nonsense"), 400);
    problem(new Http(base).post("/whep/endpoint/never", RealOffers.minimal("sendonly")), 422);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
  }

  @Test
  void doNotKeepIdleConnectionsOpenOtherwise() throws IOException {
    try (var idle = new Socket(base.getHost(), base.getPort())) {
      idle.setSoTimeout(60_000);
      idle.getOutputStream().write("GET /whep/end".getBytes(StandardCharsets.US_ASCII));
      assertThat(idle.getInputStream().read()).isEqualTo(-1);
    }
  }
}
