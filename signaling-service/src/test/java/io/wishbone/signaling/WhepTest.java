package io.wishbone.signaling;

import static io.wishbone.signaling.Http.header;
import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.wishbone.control.NodeId;
import io.wishbone.control.OpenSession;
import io.wishbone.control.Refusal;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.StreamRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class WhepTest extends OverHttp {

  @Test
  @DisplayName("P4: a player's offer is answered with 201 and a session URL")
  void answersAnOffer() {
    http.publish("studio");
    var response = http.play("studio");

    assertThat(location(response)).contains("/whep/resource/");
    assertThat(header(response, "Content-Type")).startsWith("application/sdp");
    assertThat(header(response, "ETag")).matches("\"[A-Za-z0-9_-]+\"");
    assertThat(node.received(OpenSession.class).getLast().role()).isEqualTo(SessionRole.SUBSCRIBER);
  }

  @ParameterizedTest
  @MethodSource("io.wishbone.signaling.RealOffers#players")
  void takesWhatRealPlayersOffer(String name) {
    http.publish("studio");
    assertThat(http.post("/whep/endpoint/studio", RealOffers.text(name)).statusCode())
        .isEqualTo(201);
  }

  @Test
  void manyPlayersWatchOneStream() {
    http.publish("studio");
    assertThat(location(http.play("studio"))).isNotEqualTo(location(http.play("studio")));
  }

  @Test
  @DisplayName("P13: without a publisher it is a 409 with Retry-After")
  void asksToComeAgainWhenNobodyPublishes() {
    var response = http.play("studio");
    assertThat(problem(response, 409)).contains("studio has no publisher");
    assertThat(header(response, "Retry-After")).matches("[0-9]+");
    assertThat(node.received(OpenSession.class)).isEmpty();
  }

  @ParameterizedTest(name = "P13: so it is when the publisher''s {0}")
  @ValueSource(strings = {"node died", "session has ended", "session is forgotten"})
  void asksToComeAgainWhenThePublisherIsGone(String why) {
    String published = location(http.publish("studio"));
    var id = new SessionId(published.substring(published.lastIndexOf('/') + 1));
    SessionRecord session = sessions.find(id);
    StreamRecord stream = streams.find(session.stream());
    switch (why) {
      case "node died" ->
          streams.replace(
              stream,
              new StreamRecord(
                  stream.stream(), id, new NodeId("dead"), null, stream.publishedSince()));
      case "session has ended" -> sessions.end(id);
      default -> sessions.remove(id);
    }

    var response = http.play("studio");
    assertThat(problem(response, 409)).contains("studio has no publisher");
    assertThat(header(response, "Retry-After")).matches("[0-9]+");
    assertThat(node.received(OpenSession.class)).hasSize(1);
  }

  @Test
  void asksToComeAgainWhenTheNodeHasNoStream() {
    http.publish("studio");
    node.refuseWith(Refusal.STREAM_ABSENT);
    var response = http.play("studio");
    problem(response, 409);
    assertThat(header(response, "Retry-After")).matches("[0-9]+");
  }

  @ParameterizedTest(name = "P1, P2: {0} on the endpoint tells that it speaks SDP")
  @ValueSource(strings = {"GET", "HEAD"})
  void canBeDiscovered(String method) {
    var response = http.send(method, "/whep/endpoint/studio");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).startsWith("application/sdp");
    assertThat(response.body()).isEmpty();
  }

  @Test
  @DisplayName("P8: another content type is a 415 without SDP")
  void refusesOtherContentTypes() {
    http.publish("studio");
    var response =
        http.send(
            "POST",
            "/whep/endpoint/studio",
            Http.bytes(RealOffers.minimal("recvonly")),
            "Content-Type",
            "application/json");
    problem(response, 415);
    assertThat(header(response, "Accept-Post")).isEqualTo(Http.SDP);
  }

  @Test
  @DisplayName("P9: an SDP answer that nobody asked for is a 422")
  void refusesAnAnswerWithoutACounterOffer() {
    http.publish("studio");
    String session = location(http.play("studio"));
    var response =
        http.send("PATCH", session, Http.bytes(ScriptedNode.ANSWER), "Content-Type", Http.SDP);
    problem(response, 422);
  }

  @Test
  void sessionsOfOneProtocolAreUnknownToTheOther() {
    http.publish("studio");
    String session = location(http.play("studio")).replace("/whep/", "/whip/");
    problem(http.send("DELETE", session), 404);
  }
}
