package io.wishbone.signaling;

import static io.wishbone.signaling.Http.header;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.wishbone.control.AcceptAnswer;
import io.wishbone.control.AddCandidates;
import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.OpenSession;
import io.wishbone.control.Refusal;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// P5, P6, P7, P9: offers of the server to players that it cannot answer.
@QuarkusTest
@TestProfile(CounterOfferTest.WithIceServer.class)
class CounterOfferTest extends OverHttp {

  /// A STUN server that players are told of.
  public static final class WithIceServer implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("wishbone.ice-servers", "stun:stun.example.org:3478");
    }
  }

  private static final String ANSWER = RealOffers.minimal("recvonly");
  private static final Pattern CONTENT_TYPE =
      Pattern.compile("application/sdp; *valid-until=\"([^\"]+)\"");

  @Inject InProcessCarrier carrier;

  @BeforeEach
  void start() {
    http.publish("studio");
    node.counterOffer();
    node.answerWith(ScriptedNode.AUDIO_AND_VIDEO);
  }

  private String pending() {
    var response = http.play("studio");
    assertThat(response.statusCode()).isEqualTo(406);
    return header(response, "Location");
  }

  private HttpResponse<String> answer(String session, String answer) {
    return http.send("PATCH", session, Http.bytes(answer), "Content-Type", Http.SDP);
  }

  @Test
  @DisplayName("P5: 406 with an SDP offer, a session URL and a time until which it holds")
  void offersInstead() {
    var response = http.play("studio");
    Instant offered = Instant.now();

    assertThat(response.statusCode()).isEqualTo(406);
    assertThat(response.body()).isEqualTo(ScriptedNode.AUDIO_AND_VIDEO);
    assertThat(header(response, "Location")).startsWith("http").contains("/whep/resource/");
    assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
    Matcher type = CONTENT_TYPE.matcher(header(response, "Content-Type"));
    assertThat(type.matches()).describedAs(header(response, "Content-Type")).isTrue();
    Instant validUntil =
        ZonedDateTime.parse(type.group(1), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    assertThat(Duration.between(offered, validUntil))
        .describedAs("earlier than the node forgets it")
        .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(29));
    assertThat(node.received(OpenSession.class).getLast().counterOfferValidity())
        .isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  @DisplayName("P21, P23: the 406 links to the ICE servers and extensions, as the 201 does")
  void linksToAllThatTheAnswerLinksTo() {
    var offered = http.play("studio");
    String session = header(offered, "Location");
    assertThat(offered.headers().allValues("Link"))
        .containsExactlyInAnyOrder(
            "<stun:stun.example.org:3478>; rel=\"ice-server\"",
            "<"
                + session
                + "/events>; rel=\"urn:ietf:params:whep:ext:core:server-sent-events\";"
                + " events=\"active,inactive,layers,reconnect,viewercount\"",
            "<" + session + "/layer>; rel=\"urn:ietf:params:whep:ext:core:layer\"");
  }

  @Test
  @DisplayName("P6: a PATCH with the answer, without If-Match, is a 204 without ETag")
  void takesTheAnswer() {
    String session = pending();
    var response = answer(session, ANSWER);

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("ETag")).isEmpty();
    AcceptAnswer command = node.received(AcceptAnswer.class).getLast();
    assertThat(command.answer()).isEqualTo(ANSWER);
    assertThat(session).endsWith(command.sessionId().value());
  }

  @Test
  void leadsToASessionLikeAnyOther() {
    var offered = http.play("studio");
    String session = header(offered, "Location");
    answer(session, ANSWER);

    String candidates =
        "a=ice-ufrag:%s\r\na=ice-pwd:%s\r\na=end-of-candidates\r\n"
            .formatted(RealOffers.UFRAG, RealOffers.PASSWORD);
    assertThat(http.patch(session, header(offered, "ETag"), candidates).statusCode())
        .isEqualTo(204);
    assertThat(node.received(AddCandidates.class)).hasSize(1);
    assertThat(http.send("POST", session + "/events").statusCode()).isEqualTo(201);
    assertThat(http.send("DELETE", session).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("P9: a second answer is a 422")
  void takesOneAnswer() {
    String session = pending();
    answer(session, ANSWER);
    problem(answer(session, ANSWER), 422);
    assertThat(node.received(AcceptAnswer.class)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "v=0\r\n"})
  @DisplayName("P6: a malformed answer is a 4xx, and the right one may follow")
  void refusesMalformedAnswers(String answer) {
    String session = pending();
    problem(answer(session, answer), 400);
    problem(answer(session, ANSWER.replace("a=ice-pwd", "a=ice-pass")), 400);
    problem(answer(session, ANSWER.replace("m=audio 9", "m=audio 0")), 422);
    assertThat(node.received(AcceptAnswer.class)).isEmpty();
    assertThat(answer(session, ANSWER).statusCode()).isEqualTo(204);
  }

  @Test
  void letsThePlayerTryAgainWhenTheNodeRefuses() {
    String session = pending();
    node.refuseWith(Refusal.MALFORMED_OFFER);
    problem(answer(session, ANSWER), 400);
    node.refuseWith(Refusal.UNSUPPORTED_OFFER);
    problem(answer(session, ANSWER), 422);
    node.refuseWith(null);
    assertThat(answer(session, ANSWER).statusCode()).isEqualTo(204);
  }

  @Test
  void isOverWhenTheNodeDoesNotSayWhetherItTookTheAnswer() {
    String session = pending();
    node.fallSilent();
    problem(answer(session, ANSWER), 503);

    CloseSession command = node.received(CloseSession.class).getLast();
    assertThat(session).endsWith(command.sessionId().value());
    assertThat(command.reason()).isEqualTo(CloseReason.ABANDONED);
    problem(answer(session, ANSWER), 404);
    assertThat(node.received(AcceptAnswer.class)).hasSize(1);
  }

  @Test
  void isGoneWhenTheNodeHasForgottenIt() {
    String session = pending();
    node.refuseWith(Refusal.SESSION_UNKNOWN);
    problem(answer(session, ANSWER), 404);
    node.refuseWith(null);
    problem(answer(session, ANSWER), 404);
  }

  @Test
  @DisplayName("an answer that comes too late is a 404")
  void expires() {
    String session = pending();
    var id = new SessionId(session.substring(session.lastIndexOf('/') + 1));
    carrier.publish(
        new SessionEnded(
            id, new StreamName("studio"), SessionRole.SUBSCRIBER, CloseReason.NEVER_CONNECTED, ""));

    await().untilAsserted(() -> problem(answer(session, ANSWER), 404));
    assertThat(node.received(AcceptAnswer.class)).isEmpty();
  }

  @Test
  @DisplayName("P9: another type is a 415 that says what is expected")
  void expectsAnAnswerAndNothingElse() {
    String session = pending();
    var response = http.patch(session, "*", "a=end-of-candidates\r\n");
    problem(response, 415);
    assertThat(header(response, "Accept-Patch")).isEqualTo("application/sdp");
    problem(http.send("POST", session + "/events"), 409);
  }

  @Test
  void canBeDeclined() {
    String session = pending();
    assertThat(http.send("GET", session).statusCode()).isEqualTo(204);
    assertThat(http.send("DELETE", session).statusCode()).isEqualTo(200);
    assertThat(node.received(CloseSession.class)).hasSize(1);
    problem(answer(session, ANSWER), 404);
  }

  @Test
  void isForPlayersOnly() {
    assertThat(http.publish("other").statusCode()).isEqualTo(201);
    assertThat(node.received(OpenSession.class).getLast().counterOfferValidity()).isNull();
  }
}
