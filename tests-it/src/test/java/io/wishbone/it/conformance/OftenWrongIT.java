package io.wishbone.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.it.Offers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What servers most often got wrong, by the issues of their users.
class OftenWrongIT {
  @RegisterExtension static final SharedServer server = SharedServer.open();

  private final Http http = server.http();

  @Test
  void o1_theLocationIsThereAbsoluteAndReadable() {
    Response opened = http.publish(Sdp.SOUND).opened().assertReadable();

    assertThat(opened.headers("Location")).hasSize(1);
    assertThat(opened.header("Location")).matches("http://[^/]+/whip/resource/\\S+");
  }

  @Test
  void o2_theEntityTagIsSpeltAndQuotedRight() {
    Response opened = http.publish(Sdp.SOUND).opened();

    assertThat(opened.header("ETag")).startsWith("\"").endsWith("\"").isNotEqualTo("\"*\"");
    assertThat(opened.header("Access-Control-Expose-Headers")).contains("ETag");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/sdp; charset=utf-8",
        "application/sdp;charset=UTF-8",
        "Application/SDP",
        "application/sdp ;x=y"
      })
  void o3_parametersOfTheContentTypeDoNotMatter(String type) {
    Response opened = http.send("POST", Http.whip(Http.stream()), Sdp.SOUND, "Content-Type", type);

    assertThat(opened.status()).as(opened.body()).isEqualTo(201);
  }

  @Test
  void o3_parametersOfAFragmentsContentTypeDoNotMatter() {
    Session session = http.publish(Sdp.SOUND);

    http.send(
            "PATCH",
            session.url(),
            session.fragment(Sdp.CANDIDATE),
            "Content-Type",
            Http.FRAGMENT + "; charset=utf-8",
            "If-Match",
            session.tag())
        .assertNothing(204);
  }

  @Test
  void o4_optionsWorkForBrowsers() {
    for (String url :
        List.of(Http.whip("live"), Http.whep("live"), http.publish(Sdp.SOUND).url())) {
      assertThat(http.options(url, "Origin", "https://a.example").assertReadable().status())
          .isEqualTo(200);
    }
  }

  @Test
  void o5_successIs201AndNothingElse() {
    assertThat(http.post(Http.whip(Http.stream()), Sdp.PUBLISHER).status()).isEqualTo(201);
  }

  @Test
  void o6_deleteWorksAgainAndTheStreamIsFree() {
    Session session = http.publish(Sdp.SOUND);

    http.delete(session.url()).assertNothing(200);
    http.delete(session.url()).assertNothing(200);
    http.open(session.endpoint(), Sdp.SOUND);
  }

  @Test
  void o7_theDtlsRoleFollowsTheOffer() {
    assertThat(http.publish(Sdp.FFMPEG).answer())
        .contains("a=setup:active\r\n")
        .doesNotContain("a=setup:passive");
  }

  @Test
  void o8_attributesAtSessionLevelHoldForAllSections() {
    assertThat(Sdp.OBS.substring(0, Sdp.OBS.indexOf("m="))).contains("a=fingerprint");
    http.publish(Sdp.OBS);
    String offer = Sdp.without(Sdp.without(Sdp.OBS, "a=setup"), "a=ice-");
    String session =
        "a=setup:actpass\r\na=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuv\r\nm=audio";

    http.publish(offer.replaceFirst("m=audio", session));
  }

  @Test
  void o9_everyRefusalHasABodyAndACodeOfItsClass() {
    for (String body : List.of("", "x", "v=0\r\n", "{}", "m=audio")) {
      http.post(Http.whip("live"), body).assertProblem(400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"42e01f", "42001f", "4d001f", "640032", "64001F", "f4001f"})
  void o10_h264ProfilesArePublishedAndPlayedWhateverTheySay(String profile) {
    String offer = Sdp.OBS.replace("profile-level-id=42e01f", "profile-level-id=" + profile);

    Session publisher = http.publish(offer);

    assertThat(publisher.answer()).contains("profile-level-id=" + profile);
    assertThat(http.open(Http.whep(publisher.stream()), Sdp.PLAYER).answer())
        .containsPattern("m=video 9 ");
  }

  @Test
  void o11_whoTakesPatchSaysSo() {
    Session session = http.publish(Sdp.SOUND);
    Response options = http.options(session.url());

    assertThat(options.header("Allow")).contains("PATCH");
    assertThat(options.header("Access-Control-Allow-Methods")).contains("PATCH");
    assertThat(options.assertReadable().header("Access-Control-Expose-Headers"))
        .contains("Access-Control-Allow-Methods");
    assertThat(http.options(session.endpoint()).header("Access-Control-Allow-Methods"))
        .contains("PATCH");
  }

  @Test
  void o12_soundAloneAndOffersWithoutSourcesAreTaken() {
    Session sound = http.publish(Sdp.without(Sdp.SOUND, "a=ssrc"));
    Session picture =
        http.publish(Offers.read("ffmpeg9-openssl-whip-videoonly-dtlsactive.offer.sdp"));

    http.open(Http.whep(sound.stream()), Sdp.PLAYER);
    http.open(Http.whep(picture.stream()), Sdp.PLAYER);
  }

  @Test
  void o13_endpointsMayHaveAQuery() {
    Session session = http.open(Http.whip(Http.stream()) + "?app=live&stream=x", Sdp.SOUND);

    assertThat(session.url()).doesNotContain("?");
    http.delete(session.url()).assertNothing(200);
  }
}
