package io.wishbone.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.it.Offers;
import io.wishbone.webrtc.jsep.AnswerChecker;
import io.wishbone.webrtc.jsep.AnswerKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// draft-ietf-wish-whep: what differs from WHIP, and that the rest is the same.
@ParameterizedClass
@EnumSource(HttpProtocol.class)
class WhepIT {
  static final List<String> PLAYERS = Sdp.PLAYERS;

  @RegisterExtension static final SharedServer server = SharedServer.open();

  private final Http http;

  WhepIT(HttpProtocol protocol) {
    http = server.http(protocol);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void p1_p2_endpointsCanBeDiscovered(String method) {
    for (String url : List.of("/whep/endpoint", Http.whep("nobody"))) {
      Response response = http.send(method, url, "").assertNothing(200).assertReadable();
      assertThat(response.header("Content-Type")).isEqualTo("application/sdp");
    }
    http.send(method, http.play(Sdp.PLAYER).url(), "").assertNothing(204);
  }

  @Test
  void p3_p4_anOfferIsAnsweredBy201AnAnswerAndALocation() {
    Response opened = http.play(Sdp.PLAYER).opened().assertReadable();

    assertThat(opened.status()).isEqualTo(201);
    assertThat(opened.header("Content-Type")).isEqualTo("application/sdp");
    assertThat(opened.body()).startsWith("v=0\r\n");
    assertThat(opened.header("Location"))
        .startsWith(http.base().toString())
        .contains("/whep/resource/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/json"})
  void p8_otherContentTypesAreRefusedWithoutSdp(String type) {
    Response refused =
        http.send("POST", Http.whep("live"), Sdp.PLAYER, "Content-Type", type).assertProblem(415);

    assertThat(refused.body()).doesNotContain("v=0");
    http.post(Http.whep("live"), "nonsense").assertProblem(400);
  }

  @Test
  void p9_patchTakesFragmentsOnly() {
    Session session = http.play(Sdp.PLAYER);

    http.send("PATCH", session.url(), "x", "Content-Type", "text/plain", "If-Match", "*")
        .assertProblem(415);
    http.send("PATCH", session.url(), Sdp.SOUND, "Content-Type", Http.SDP).assertProblem(422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=recvonly", "a=sendrecv"})
  void p10_theAnswerSends(String direction) {
    String answer = http.play(Sdp.PLAYER.replace("a=recvonly", direction)).answer();

    assertThat(Sdp.count(answer, "a=sendonly")).isEqualTo(2);
    assertThat(answer).doesNotContain("a=recvonly", "a=sendrecv", "a=inactive");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=sendonly", "a=inactive"})
  void p10_playersReceive(String direction) {
    String endpoint = Http.whep(http.publish(Sdp.PUBLISHER).stream());

    http.post(endpoint, Sdp.PLAYER.replace("a=recvonly", direction)).assertProblem(422);
  }

  @Test
  void p11_sectionsThatCannotBeServedAreRejectedAndTheRestGoesOn() {
    String endpoint = Http.whep(http.publish(Sdp.SOUND).stream());
    String offer = Offers.read("chromium156-whep-recvonly-datachannel.offer.sdp");

    String answer = http.open(endpoint, offer).answer();

    assertThat(answer).contains("m=video 0 ", "m=application 0 ", "m=audio 9 ");
    assertThat(AnswerChecker.violations(offer, answer, AnswerKind.TO_VIEWER)).isEmpty();
  }

  @Test
  void p11_aPlayerThatWantsSoundOnlyIsAnsweredSo() {
    String endpoint = Http.whep(http.publish(Sdp.PUBLISHER).stream());
    String offer = Sdp.SOUND.replace("a=sendonly", "a=recvonly");

    String answer = http.open(endpoint, offer).answer();

    assertThat(Sdp.sections(answer)).isOne();
    assertThat(answer).contains("m=audio 9 ", "a=sendonly");
    assertThat(AnswerChecker.violations(offer, answer, AnswerKind.TO_VIEWER)).isEmpty();
  }

  @Test
  void p5_p6_aPlayerWithoutTheCodecIsOfferedItAndAnswers() {
    Response refused = counterOffer();

    assertThat(refused.status()).as(refused.body()).isEqualTo(406);
    assertThat(refused.header("Content-Type")).startsWith("application/sdp");
    assertThat(refused.body()).startsWith("v=0\r\n").contains("H264/90000", "a=sendonly\r\n");
    String session = refused.header("Location");
    http.send("PATCH", session, "nonsense", "Content-Type", Http.SDP).assertProblem(400);

    Response taken =
        http.send("PATCH", session, Sdp.answerTo(refused.body()), "Content-Type", Http.SDP);

    assertThat(taken.assertNothing(204).has("ETag")).isFalse();
    http.send("PATCH", session, Sdp.answerTo(refused.body()), "Content-Type", Http.SDP)
        .assertProblem(422);
    http.delete(session).assertNothing(200);
  }

  /// Firefox before it has fetched its H.264 codec, and a stream that is sent in nothing else.
  private Response counterOffer() {
    String video = Offers.read("ffmpeg9-openssl-whip-videoonly-dtlsactive.offer.sdp");
    String player = Offers.read("firefox-esr153-whep-recvonly.offer.sdp");
    return http.post(Http.whep(http.publish(video).stream()), player);
  }

  @Test
  void p7_p11_oneSectionAtLeastHasToBeServedAnd406MeansACounterOffer() {
    String video = Offers.read("ffmpeg9-openssl-whip-videoonly-dtlsactive.offer.sdp");
    String endpoint = Http.whep(http.publish(video).stream());
    String sound = Sdp.SOUND.replace("a=sendonly", "a=recvonly");

    http.post(endpoint, sound).assertProblem(422);

    assertThat(counterOffer().body()).startsWith("v=0\r\n");
  }

  @Test
  void p13_withoutPublisherThePlayerIsAskedToComeAgain() {
    Response refused = http.post(Http.whep("nobody"), Sdp.PLAYER).assertProblem(409);

    assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
  }

  @Test
  void p15_deleteAndOptionsAreAsInWhip() {
    Session session = http.play(Sdp.PLAYER);

    assertThat(http.options(session.endpoint()).header("Accept-Post")).isEqualTo("application/sdp");
    http.delete(session.url()).assertNothing(200).assertReadable();
    http.delete(session.url()).assertNothing(200);
    session.trickle(Sdp.CANDIDATE).assertProblem(404);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``, same, 428",
        "TAG, same, 204",
        "TAG, new, 200",
        "*, new, 200",
        "\"*\", new, 200",
        "W/TAG, same, 412",
        "\"other\", new, 412"
      })
  void p16_patchIsAsInWhip(String ifMatch, String credentials, int status) {
    Session session = http.play(Sdp.PLAYER);
    String fragment = credentials.equals("new") ? Sdp.restart() : session.fragment(Sdp.CANDIDATE);
    String condition = ifMatch.replace("TAG", session.tag());

    Response response =
        condition.isEmpty()
            ? http.send("PATCH", session.url(), fragment, "Content-Type", Http.FRAGMENT)
            : session.patch(condition, fragment);

    assertThat(response.status()).as(response.body()).isEqualTo(status);
    assertThat(response.has("ETag")).isEqualTo(status == 200);
  }

  @ParameterizedTest
  @FieldSource("PLAYERS")
  void p17_p18_answersToRealPlayersKeepEveryRule(String name) {
    String offer = Offers.read(name);

    String answer = http.play(offer).answer();

    assertThat(AnswerChecker.violations(offer, answer, AnswerKind.TO_VIEWER)).isEmpty();
    assertThat(Sdp.count(answer, "a=rtcp-mux-only")).isEqualTo(2);
    assertThat(answer.lines().filter(line -> line.startsWith("a=msid:")))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).matches("a=msid:[^ -]\\S* \\S+"));
  }

  @ParameterizedTest
  @CsvSource({
    "a=setup:actpass, a=setup:passive",
    "a=setup:active, a=setup:passive",
    "a=setup:passive, a=setup:active"
  })
  void p19_everyDtlsRoleIsAnswered(String offered, String answered) {
    String answer = http.play(Sdp.PLAYER.replace("a=setup:actpass", offered)).answer();

    assertThat(Sdp.count(answer, answered)).isEqualTo(2);
  }

  @Test
  void p23_extensionsAreNamedByLinksOnThe201() {
    List<String> links = http.play(Sdp.PLAYER).opened().headers("Link");

    for (String extension : List.of("core:server-sent-events", "core:layer")) {
      assertThat(links)
          .anyMatch(link -> link.contains("rel=\"urn:ietf:params:whep:ext:" + extension + "\""));
    }
    assertThat(http.options(Http.whep("live")).headers("Link"))
        .noneMatch(link -> link.contains("whep:ext"));
  }

  @Test
  void p24_sessionUrlsCannotBeGuessed() {
    Session publisher = http.publish(Sdp.PUBLISHER);

    String first = http.open(Http.whep(publisher.stream()), Sdp.PLAYER).url();
    String second = http.open(Http.whep(publisher.stream()), Sdp.PLAYER).url();

    assertThat(first).matches(".*/[A-Za-z0-9_-]{22,}").isNotEqualTo(second);
    http.get(first.replace("/whep/", "/whip/")).assertProblem(404);
    http.delete(publisher.url().replace("/whip/", "/whep/")).assertProblem(404);
  }
}
