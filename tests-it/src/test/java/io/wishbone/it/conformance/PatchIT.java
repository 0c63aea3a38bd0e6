package io.wishbone.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.it.Offers;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 9725 section 4.3: trickle, restart, entity-tags.
@ParameterizedClass
@EnumSource(HttpProtocol.class)
class PatchIT {
  @RegisterExtension static final SharedServer server = SharedServer.open();

  private final Http http;

  PatchIT(HttpProtocol protocol) {
    http = server.http(protocol);
  }

  @Test
  void w16_w18_sessionsTrickleAndRestart() {
    Session session = http.publish(Sdp.PUBLISHER);

    assertThat(session.answer()).contains("a=ice-options:trickle ice2\r\n");
    session.trickle(Sdp.CANDIDATE).assertNothing(204);
    assertThat(session.patch("*", Sdp.restart()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/json", "application/sdp"})
  void w17_fragmentsHaveTheirContentType(String type) {
    Session session = http.publish(Sdp.SOUND);

    Response refused =
        http.send(
            "PATCH",
            session.url(),
            session.fragment(),
            "Content-Type",
            type,
            "If-Match",
            session.tag());

    assertThat(refused.assertProblem(415).header("Accept-Patch")).isEqualTo(Http.FRAGMENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "a=candidate:1 1 udp x 192.0.2.1 9 typ host\r\n",
        "a=ice-ufrag:x\r\na=ice-pwd:short\r\n",
        "a=ice-pwd:freshfreshfreshfreshfresh\r\n",
        "a=ice-ufrag:fresh\r\n"
      })
  void w17_malformedFragmentsAreRefused(String fragment) {
    Session session = http.publish(Sdp.SOUND);

    session.patch(session.tag(), fragment).assertProblem(400);
    session.trickle(Sdp.CANDIDATE).assertNothing(204);
  }

  @Test
  void w19_theEntityTagIsStrongUniqueAndOfTheIceSession() {
    Set<String> tags = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      Session session = http.publish(Sdp.SOUND);
      assertThat(session.opened().headers("ETag")).hasSize(1);
      assertThat(session.tag()).matches("\"[\\x21\\x23-\\x7e]{12,}\"");
      assertThat(tags.add(session.tag())).isTrue();

      session.trickle(Sdp.CANDIDATE).assertNothing(204);
      session.trickle("a=end-of-candidates").assertNothing(204);
      String restarted = session.patch(session.tag(), Sdp.restart()).header("ETag");
      assertThat(restarted).matches("\"[\\x21\\x23-\\x7e]{12,}\"");
      assertThat(tags.add(restarted)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"stale\"", "garbage", "W/\"x\"", "*"})
  void w20_deleteIgnoresEntityTags(String ifMatch) {
    Session session = http.publish(Sdp.SOUND);

    http.delete(session.url(), "If-Match", ifMatch).assertNothing(200);
  }

  @Test
  void w21_nothingOfARefusedFragmentIsApplied() {
    Session session = http.publish(Sdp.SOUND);

    session.patch("\"stale\"", Sdp.restart()).assertProblem(412);
    http.send("PATCH", session.url(), Sdp.restart(), "Content-Type", Http.FRAGMENT)
        .assertProblem(428);

    session.trickle(Sdp.CANDIDATE).assertNothing(204);
    assertThat(session.patch(session.tag(), Sdp.restart()).status()).isEqualTo(200);
  }

  @Test
  void w22_whatComesLateForAnOldIceSessionIsRefused() {
    Session session = http.publish(Sdp.SOUND);
    String fresh = session.patch("*", Sdp.restart()).header("ETag");

    session.trickle(Sdp.CANDIDATE).assertProblem(412);

    session.patch(fresh, Sdp.restart()).assertNothing(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chromium156-whip-av-sendonly.offer.sdp",
        "chromium156-whip-av-sendonly.trickle-nocand.sdp",
        "libdatachannel-node-datachannel0.33-whip.offer.sdp",
        "ffmpeg9-openssl-whip-h264-opus.offer.sdp"
      })
  void w23_w24_theAnswerHasAllCandidatesWhateverTheOfferHas(String offer) {
    Session session = http.publish(Offers.read(offer));

    assertThat(session.answer())
        .containsPattern("a=candidate:\\S+ 1 udp \\d+ 127\\.0\\.0\\.1 \\d+ typ host\r\n")
        .contains("a=end-of-candidates\r\n");
    assertThat(session.trickle(Sdp.CANDIDATE).body()).isEmpty();
  }

  @Test
  void w25_trickleIsAnsweredBy204WithoutEntityTag() {
    Response response = http.publish(Sdp.SOUND).trickle(Sdp.CANDIDATE).assertNothing(204);

    assertThat(response.has("ETag")).isFalse();
    assertThat(response.has("Content-Type")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=candidate:1 1 udp 1 3c0c3d5f-2f62-4c5d-9d5a-1b2c3d4e5f60.local 50000 typ host",
        "a=candidate:1 1 tcp 1 192.0.2.9 9 typ host tcptype active",
        "a=candidate:1 1 quic 1 192.0.2.9 9 typ host",
        "a=candidate:1 0 udp 1 192.0.2.9 9 typ host",
        "a=candidate:1 999 udp 1 192.0.2.9 9 typ host",
        "a=candidate:1 1 udp 1 no.such.name.invalid 9 typ host",
        "a=candidate:1 1 udp 1 fe80::1 9 typ host",
        "a=candidate:1 1 udp 1 192.0.2.9 9 typ relay raddr 0.0.0.0 rport 0"
      })
  void w26_candidatesOfNoUseAreDiscardedSilently(String candidate) {
    http.publish(Sdp.SOUND).trickle(candidate, Sdp.CANDIDATE).assertNothing(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n%c\r\n",
        "m=audio 9 RTP/AVP 0\r\na=mid:0\r\n%c\r\na=end-of-candidates\r\n",
        "%u\r\n%p\r\n%c\r\n",
        "a=group:BUNDLE 0 1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n%u\r\n%p\r\n%c\r\n",
        "%u\r\n%p\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\n%c\r\nm=audio 9 RTP/AVP 0\r\na=mid:1\r\n%c\r\n",
        "a=end-of-candidates\r\n",
        "%u\r\n%p\r\n%c\r\na=candidate:\r\n",
        "%u\n%p\n%c\n"
      })
  void w27_fragmentsComeWithAndWithoutSections(String form) {
    Session session = http.publish(Sdp.SOUND);
    String fragment =
        form.replace("%u", "a=ice-ufrag:" + Sdp.value(Sdp.SOUND, "ice-ufrag"))
            .replace("%p", "a=ice-pwd:" + Sdp.value(Sdp.SOUND, "ice-pwd"))
            .replace("%c", Sdp.CANDIDATE);

    session.patch(session.tag(), fragment).assertNothing(204);
    session.patch(session.tag(), fragment).assertNothing(204);
  }

  @Test
  void w28_newCredentialsAreARestartWhateverIfMatchSays() {
    Session session = http.publish(Sdp.PUBLISHER);

    assertThat(session.patch(session.tag(), Sdp.restart()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "\"*\""})
  void w29_bothSpellingsOfTheWildcardRestart(String wildcard) {
    assertThat(http.publish(Sdp.PUBLISHER).patch(wildcard, Sdp.restart()).status()).isEqualTo(200);
  }

  @Test
  void w30_aRestartIsAnsweredByAFragmentAndANewEntityTag() {
    Session session = http.publish(Sdp.PUBLISHER);

    Response restarted = session.patch("*", Sdp.restart()).assertReadable();

    assertThat(restarted.status()).isEqualTo(200);
    assertThat(restarted.header("Content-Type")).isEqualTo(Http.FRAGMENT);
    assertThat(restarted.header("ETag")).isNotEmpty().isNotEqualTo(session.tag());
    assertThat(Sdp.value(restarted.body(), "ice-ufrag"))
        .isNotEqualTo(Sdp.value(session.answer(), "ice-ufrag"));
    assertThat(Sdp.value(restarted.body(), "ice-pwd"))
        .hasSizeGreaterThanOrEqualTo(22)
        .isNotEqualTo(Sdp.value(session.answer(), "ice-pwd"));
    assertThat(Sdp.value(restarted.body(), "candidate")).isNotEmpty();
    assertThat(restarted.body().replace("\r\n", "")).doesNotContain("\n", "\r");
  }

  @Test
  void w31_aRestartIsAboutNothingButIce() {
    Session session = http.publish(Sdp.PUBLISHER);

    String body = session.patch("*", Sdp.restart()).body();

    assertThat(body.lines())
        .allMatch(
            line -> line.matches("(a=(ice-|mid:|group:BUNDLE|candidate:|end-of-candidates)|m=).*"));
    http.open(Http.whep(session.stream()), Sdp.PLAYER);
  }

  @Test
  void w32_aRestartRepeatsTheIceOptions() {
    Session session = http.publish(Sdp.PUBLISHER);

    assertThat(session.patch("*", Sdp.restart()).body())
        .contains("a=ice-lite\r\n", "a=ice-options:trickle ice2\r\n");
  }

  @ParameterizedTest
  @CsvSource({"fresh, ''", "'', freshfreshfreshfreshfresh"})
  void w33_aRefusedRestartLeavesTheIceSessionAlone(String ufrag, String pwd) {
    Session session = http.publish(Sdp.SOUND);
    String half =
        Sdp.fragment(
            ufrag.isEmpty() ? Sdp.value(Sdp.SOUND, "ice-ufrag") : ufrag,
            pwd.isEmpty() ? Sdp.value(Sdp.SOUND, "ice-pwd") : pwd);

    session.patch(session.tag(), half).assertProblem(400);
    session.patch("*", half).assertProblem(400);

    session.trickle(Sdp.CANDIDATE).assertNothing(204);
  }

  /// The table of docs/protocols/whip.md, line by line. TAG stands for the current tag.
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``, same, 428",
        "``, new, 428",
        "``, broken, 428",
        "TAG, same, 204",
        "TAG, none, 204",
        "TAG, new, 200",
        "TAG, one, 400",
        "TAG, broken, 400",
        "`\"other\", TAG`, same, 204",
        "`\"other\",TAG`, new, 200",
        "*, same, 204",
        "*, none, 204",
        "*, new, 200",
        "*, one, 400",
        "*, broken, 400",
        "\"*\", same, 204",
        "\"*\", new, 200",
        "\"other\", same, 412",
        "\"other\", new, 412",
        "\"other\", broken, 412",
        "W/TAG, same, 412",
        "W/TAG, new, 412",
        "garbage, same, 412"
      })
  void w21_w25_w28_w29_w30_decideByPreconditionAndCredentials(
      String ifMatch, String credentials, int status) {
    Session session = http.publish(Sdp.SOUND);
    String fragment =
        switch (credentials) {
          case "same" -> session.fragment(Sdp.CANDIDATE);
          case "none" -> Sdp.lines(Sdp.CANDIDATE);
          case "new" -> Sdp.restart();
          case "one" -> Sdp.fragment(Sdp.NEW_UFRAG, Sdp.value(Sdp.SOUND, "ice-pwd"));
          default -> "broken";
        };
    String condition = ifMatch.replace("TAG", session.tag());

    Response response =
        condition.isEmpty()
            ? http.send("PATCH", session.url(), fragment, "Content-Type", Http.FRAGMENT)
            : session.patch(condition, fragment);

    assertThat(response.status()).as(response.body()).isEqualTo(status);
    assertThat(response.has("ETag")).isEqualTo(status == 200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abcdefghijklmnopqrstuvwx", "short", "a.b"})
  void w21_unknownSessionsAreNotFoundBeforeAnythingElse(String id) {
    Response refused =
        http.send("PATCH", "/whip/resource/" + id, "x", "Content-Type", "text/plain");

    assertThat(refused.status()).isEqualTo(404);
  }
}
