package io.wishbone.signaling;

import static io.wishbone.signaling.Http.header;
import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.OpenSession;
import io.wishbone.control.Refusal;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.store.NodeStore;
import jakarta.inject.Inject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class WhipTest extends OverHttp {

  private static final StreamName STUDIO = new StreamName("studio");

  @Inject InProcessCarrier carrier;
  @Inject NodeStore nodes;

  @Test
  @DisplayName("W3, W19: an offer is answered with 201, a session URL and a strong entity-tag")
  void answersAnOffer() {
    var response = http.publish("studio");

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(header(response, "Content-Type")).startsWith("application/sdp");
    assertThat(response.body()).isEqualTo(ScriptedNode.ANSWER);
    assertThat(header(response, "Location"))
        .matches("http://localhost:" + base.getPort() + "/whip/resource/[A-Za-z0-9_-]{22,}");
    assertThat(header(response, "ETag")).matches("\"[A-Za-z0-9_-]+\"");
    assertThat(header(response, "Accept-Patch")).isEqualTo(Http.FRAGMENT);
  }

  @Test
  void handsTheOfferToTheNodeAsItCame() {
    http.publish("studio");
    assertThat(node.received(OpenSession.class))
        .singleElement()
        .satisfies(open -> {
          assertThat(open.stream()).isEqualTo(STUDIO);
          assertThat(open.role()).isEqualTo(SessionRole.PUBLISHER);
          assertThat(open.offer()).isEqualTo(RealOffers.minimal("sendonly"));
        });
  }

  @ParameterizedTest
  @MethodSource("io.wishbone.signaling.RealOffers#publishers")
  void takesWhatRealPublishersOffer(String name) {
    assertThat(http.post("/whip/endpoint/studio", RealOffers.text(name)).statusCode())
        .isEqualTo(201);
  }

  @ParameterizedTest(name = "W4: {0} is taken")
  @ValueSource(
      strings = {
        "application/sdp; charset=utf-8",
        "APPLICATION/SDP",
        "application/sdp;charset=UTF-8"
      })
  void toleratesParametersOfTheContentType(String contentType) {
    var response =
        http.send(
            "POST",
            "/whip/endpoint/studio",
            Http.bytes(RealOffers.minimal("sendonly")),
            "Content-Type",
            contentType,
            "Accept",
            "application/json");
    assertThat(response.statusCode()).isEqualTo(201);
  }

  @Test
  void everySessionHasAUrlAndATagOfItsOwn() {
    var first = http.publish("one");
    var second = http.publish("two");
    assertThat(location(first)).isNotEqualTo(location(second));
    assertThat(header(first, "ETag")).isNotEqualTo(header(second, "ETag"));
  }

  @Test
  @DisplayName("S10: a second publisher is answered with 409, and the first one goes on")
  void refusesASecondPublisher() {
    String first = location(http.publish("studio"));

    assertThat(problem(http.publish("studio"), 409)).contains("studio has a publisher");

    assertThat(http.send("GET", first).statusCode()).isEqualTo(204);
    assertThat(node.received(OpenSession.class)).hasSize(1);
    assertThat(node.received(CloseSession.class)).isEmpty();
  }

  @Test
  void aStreamIsFreeAgainAsSoonAsItsSessionIsDeleted() {
    assertThat(http.send("DELETE", location(http.publish("studio"))).statusCode()).isEqualTo(200);
    assertThat(http.publish("studio").statusCode()).isEqualTo(201);
  }

  @ParameterizedTest(name = "a refusal {0} is a {1}")
  @CsvSource({
    "MALFORMED_OFFER, 400",
    "UNSUPPORTED_OFFER, 422",
    "CODEC_MISMATCH, 422",
    "STREAM_TAKEN, 409",
    "NODE_FULL, 503",
    "NODE_DRAINING, 503",
    "INTERNAL, 500"
  })
  void explainsWhatTheNodeRefuses(Refusal refusal, int status) {
    node.refuseWith(refusal);
    var refused = http.publish("studio");
    assertThat(problem(refused, status)).isEqualTo("the node says " + refusal);
    if (status == 503) {
      assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(1, 30);
    }
    assertThat(sessions.all()).isEmpty();
    assertThat(streams.all()).isEmpty();
  }

  @Test
  @DisplayName("W47: offers that are refused, and publishers that come second, fill no node")
  void whatIsNotOpenedTakesNoRoom() {
    http.publish("studio");
    report(3);
    try {
      node.refuseWith(Refusal.CODEC_MISMATCH);
      for (int i = 0; i < 5; i++) {
        problem(http.publish("other"), 422);
      }
      node.refuseWith(null);
      for (int i = 0; i < 5; i++) {
        problem(http.publish("studio"), 409);
      }
      assertThat(http.publish("second").statusCode()).isEqualTo(201);
      assertThat(http.publish("third").statusCode()).isEqualTo(201);
      assertThat(http.publish("fourth").statusCode()).isEqualTo(201);
      problem(http.publish("fifth"), 503);
    } finally {
      report(0);
    }
  }

  /// Lets the node say how much room it has.
  private void report(int capacity) {
    carrier.publish(new NodeHeartbeat(ScriptedNode.ID, "", "", 0, 0, capacity, false));
    await().until(() -> nodes.all().getFirst().capacity() == capacity);
  }

  @Test
  @DisplayName(
      "W47: a node that does not reply is a 503 with Retry-After, and leaves nothing behind")
  void givesUpOnASilentNode() {
    node.fallSilent();
    var response = http.publish("studio");

    problem(response, 503);
    assertThat(header(response, "Retry-After")).matches("[0-9]+");
    assertThat(sessions.all()).isEmpty();
    assertThat(streams.all()).isEmpty();
    assertThat(node.received(CloseSession.class))
        .extracting(CloseSession::reason)
        .containsExactly(CloseReason.ABANDONED);
  }

  @Test
  void needsAStreamInThePathWhenThereIsNoToken() {
    assertThat(problem(http.post("/whip/endpoint", RealOffers.minimal("sendonly")), 400))
        .contains("name the stream");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-x", "a%2Fb", "a%5Cb", "a%20b", "%C3%A9", "a%0D%0Ab"})
  void refusesWhatIsNoStreamName(String name) {
    assertThat(http.publish(name).statusCode()).isBetween(400, 404);
    assertThat(node.received(OpenSession.class)).isEmpty();
  }

  @Test
  @DisplayName("W1: GET and HEAD on the endpoint are answered with nothing")
  void answersGetWithNothing() {
    for (String method : new String[] {"GET", "HEAD"}) {
      for (String path : new String[] {"/whip/endpoint", "/whip/endpoint/studio"}) {
        var response = http.send(method, path);
        assertThat(response.statusCode()).describedAs(method + path).isEqualTo(204);
        assertThat(response.body()).isEmpty();
      }
    }
  }

  @ParameterizedTest(name = "W14: {0} on the endpoint is a 405 with Allow")
  @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
  void refusesOtherMethods(String method) {
    var response = http.send(method, "/whip/endpoint/studio");
    problem(response, 405);
    assertThat(header(response, "Allow")).isEqualTo("GET, HEAD, POST, OPTIONS");
  }

  @Test
  @DisplayName("whoever says to be a proxy has no say in session URLs")
  void sessionUrlsDoNotFollowAForgedHost() {
    var response =
        http.send(
            "POST",
            "/whip/endpoint/studio?region=eu",
            Http.bytes(RealOffers.minimal("sendonly")),
            "Content-Type",
            Http.SDP,
            "X-Forwarded-Proto",
            "https",
            "X-Forwarded-Host",
            "live.example.com",
            "X-Forwarded-Port",
            "443");
    assertThat(location(response))
        .matches("http://localhost:" + base.getPort() + "/whip/resource/[A-Za-z0-9_-]{22,}");
  }
}
