package io.wishbone.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 9725 section 4.1 and 4.2: methods, content types, status codes, CORS, over each protocol
/// that carries them.
@ParameterizedClass
@EnumSource(HttpProtocol.class)
class HttpSurfaceIT {
  @RegisterExtension static final SharedServer server = SharedServer.open();

  private final Http http;

  HttpSurfaceIT(HttpProtocol protocol) {
    http = server.http(protocol);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void w1_getIsAnsweredWithNothing(String method) {
    Session session = http.publish(Sdp.SOUND);

    for (String url : List.of("/whip/endpoint", Http.whip("live"), session.url())) {
      Response response = http.send(method, url, "").assertReadable();
      assertThat(response.status()).as(url).isBetween(200, 299);
      assertThat(response.body()).isEmpty();
    }
  }

  @Test
  void w2_failuresAreProblemDetails() {
    http.post(Http.whip("live"), "nonsense").assertProblem(400);
    http.get("/whip/resource/abcdefghijklmnopqrstuvwx").assertProblem(404);
    http.send("PUT", Http.whip("live"), "x").assertProblem(405);
    http.send("POST", Http.whip("live"), Sdp.SOUND, "Content-Type", "text/plain")
        .assertProblem(415);
    http.post(Http.whip("live"), Sdp.SOUND.replace("a=sendonly", "a=recvonly")).assertProblem(422);
  }

  @Test
  void w3_w55_anOfferIsAnsweredBy201AnAnswerAndALocation() {
    Response opened = http.publish(Sdp.PUBLISHER).opened();

    assertThat(opened.status()).isEqualTo(201);
    assertThat(opened.header("Content-Type")).isEqualTo("application/sdp");
    assertThat(opened.body()).startsWith("v=0\r\n");
    assertThat(opened.headers("Location")).hasSize(1);
    assertThat(opened.header("Location")).startsWith(http.base().toString()).doesNotContain("?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/json", "application/sdp-x", "application/x-sdp", "sdp"})
  void w4_otherContentTypesAreRefused(String type) {
    Response refused =
        http.send("POST", Http.whip("live"), Sdp.SOUND, "Content-Type", type).assertProblem(415);

    assertThat(refused.header("Accept-Post")).isEqualTo("application/sdp");
  }

  @Test
  void w4_offersWithoutContentTypeAreRefused() {
    http.send("POST", Http.whip("live"), Sdp.SOUND).assertProblem(415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nonsense", "v=0", "v=1\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"})
  void w4_whatIsNoSdpIsRefused(String body) {
    http.post(Http.whip("live"), body).assertProblem(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"recvonly", "inactive"})
  void w5_publishersSend(String direction) {
    String offer = Sdp.PUBLISHER.replace("a=sendonly", "a=" + direction);

    assertThat(http.post(Http.whip("live"), offer).assertProblem(422).body())
        .contains("a=" + direction);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=sendonly", "a=sendrecv", "a=x-nothing"})
  void w6_theAnswerReceives(String direction) {
    String answer = http.publish(Sdp.PUBLISHER.replace("a=sendonly", direction)).answer();

    assertThat(Sdp.count(answer, "a=recvonly")).isEqualTo(2);
    assertThat(answer).doesNotContain("a=sendonly", "a=sendrecv", "a=inactive");
  }

  @Test
  void w8_deleteEndsASession() {
    Session session = http.publish(Sdp.PUBLISHER);
    Session player = http.open(Http.whep(session.stream()), Sdp.PLAYER);

    http.delete(session.url()).assertNothing(200).assertReadable();

    session.trickle(Sdp.CANDIDATE).assertProblem(404);
    http.post(Http.whep(session.stream()), Sdp.PLAYER).assertProblem(409);
    http.delete(player.url()).assertNothing(200);
    http.delete(http.open(session.endpoint(), Sdp.PUBLISHER).url()).assertNothing(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/whip/endpoint", "/whip/endpoint/live", "/whep/endpoint/live"})
  void w10_w11_optionsNameWhatMayBePosted(String endpoint) {
    Response response = http.options(endpoint).assertReadable();

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("Accept-Post")).isEqualTo("application/sdp");
    assertThat(response.header("Allow")).contains("POST", "OPTIONS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATCH", "DELETE"})
  void w12_sessionsAnswerPreflights(String method) {
    Session session = http.publish(Sdp.SOUND);

    Response response =
        http.options(
            session.url(),
            "Origin",
            "https://studio.example",
            "Access-Control-Request-Method",
            method,
            "Access-Control-Request-Headers",
            "authorization,content-type,if-match");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("Access-Control-Allow-Methods")).contains(method);
    assertThat(response.header("Access-Control-Allow-Headers"))
        .contains("Authorization", "Content-Type", "If-Match");
    response.assertReadable();
  }

  @Test
  void w13_acceptPatchStandsWherePatchIsExplained() {
    Session session = http.publish(Sdp.SOUND);

    assertThat(session.opened().header("Accept-Patch")).isEqualTo(Http.FRAGMENT);
    assertThat(http.options(session.url()).header("Accept-Patch")).contains(Http.FRAGMENT);
    Response refused =
        http.send("PATCH", session.url(), "x", "Content-Type", "text/plain", "If-Match", "*");
    assertThat(refused.assertProblem(415).header("Accept-Patch")).isEqualTo(Http.FRAGMENT);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, endpoint",
    "PATCH, endpoint",
    "DELETE, endpoint",
    "PUT, session",
    "POST, session"
  })
  void w14_otherMethodsAreRefusedWithAllow(String method, String where) {
    boolean isEndpoint = where.equals("endpoint");
    String url = isEndpoint ? Http.whip("live") : http.publish(Sdp.SOUND).url();

    Response refused = http.send(method, url, "x", "Content-Type", Http.SDP).assertProblem(405);

    assertThat(refused.header("Allow").split(", "))
        .containsExactlyInAnyOrder(
            isEndpoint
                ? new String[] {"GET", "HEAD", "POST", "OPTIONS"}
                : new String[] {"GET", "HEAD", "PATCH", "DELETE", "OPTIONS"});
  }

  @Test
  void w15_everyResponseIsReadableForWebPages() {
    Session session = http.publish(Sdp.SOUND);
    String origin = "https://studio.example";

    session.opened().assertReadable();
    http.get(session.url(), "Origin", origin).assertReadable();
    session.trickle(Sdp.CANDIDATE).assertReadable();
    session.patch("*", Sdp.restart()).assertReadable();
    session.patch("\"stale\"", session.fragment()).assertProblem(412);
    http.get("/whip/nowhere", "Origin", origin).assertReadable();
    http.post(Http.whip(".."), Sdp.SOUND, "Origin", origin).assertReadable();
    http.post(Http.whep("nobody"), Sdp.PLAYER, "Origin", origin).assertProblem(409);
    http.delete(session.url(), "Origin", origin).assertReadable();
  }
}
