package io.wishbone.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 9725 section 4.5 to 4.9 and 5: where to, with which servers, for whom, how many.
class OperationIT {
  @RegisterExtension static final SharedServer server = SharedServer.open();
  @RegisterExtension static final SharedServer guarded = SharedServer.guarded();

  private final Http http = server.http();
  private final Http door = guarded.http();

  @Test
  void w48_p21_iceServersComeWithThe201OneALine() {
    Session publisher = http.publish(Sdp.PUBLISHER);
    Session player = http.open(Http.whep(publisher.stream()), Sdp.PLAYER);

    for (Session session : new Session[] {publisher, player}) {
      assertThat(session.opened().headers("Link"))
          .contains(
              "<stun:stun.example.org>; rel=\"ice-server\"",
              "<turn:turn.example.org:3478?transport=udp>; rel=\"ice-server\";"
                  + " username=\"user\"; credential=\"pass\"");
    }
  }

  @Test
  void w49_iceServersComeWithPlainOptions() {
    assertThat(http.options(Http.whip("live")).headers("Link"))
        .anyMatch(link -> link.contains("rel=\"ice-server\""));
  }

  @Test
  void w50_preflightsTellOfNoIceServers() {
    Response preflight =
        http.options(
            Http.whip("live"),
            "Origin",
            "https://studio.example",
            "Access-Control-Request-Method",
            "POST");

    assertThat(preflight.status()).isEqualTo(200);
    assertThat(preflight.headers("Link")).isEmpty();
  }

  @Test
  void w51_p22_bearerTokensOpenSessions() {
    String bearer = Token.bearer("guarded");

    Session publisher = door.open(Http.whip("guarded"), Sdp.PUBLISHER, "Authorization", bearer);
    Session player = door.open(Http.whep("guarded"), Sdp.PLAYER, "Authorization", bearer);

    door.delete(player.url(), "Authorization", bearer).assertNothing(200);
    door.delete(publisher.url(), "Authorization", bearer).assertNothing(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/whip/endpoint/live", "/whep/endpoint/live", "/whip/resource/x"})
  void w52_preflightsAreNotChallenged(String url) {
    Response preflight =
        door.options(
            url,
            "Origin",
            "https://studio.example",
            "Access-Control-Request-Method",
            url.contains("endpoint") ? "POST" : "PATCH",
            "Access-Control-Request-Headers",
            "authorization,content-type");

    assertThat(preflight.status()).isEqualTo(200);
    assertThat(preflight.assertReadable().header("Access-Control-Allow-Headers"))
        .contains("Authorization");
  }

  @Test
  void w52_tokensAreAskedForWithOffersOnly() {
    String bearer = Token.bearer("asked");
    Session session = door.open(Http.whip("asked"), Sdp.SOUND, "Authorization", bearer);

    door.post(Http.whip("asked"), Sdp.SOUND).assertProblem(401);
    door.post(Http.whep("asked"), Sdp.PLAYER).assertProblem(401);
    assertThat(door.options(Http.whip("asked")).status()).isEqualTo(200);
    assertThat(door.options(session.url()).status()).isEqualTo(200);
    assertThat(door.get(Http.whip("asked")).status()).isEqualTo(204);
    session.trickle(Sdp.CANDIDATE).assertNothing(204);
    door.delete(session.url()).assertNothing(200);
  }

  @Test
  void w53_whoHasNoTokenIsChallenged() {
    for (String endpoint : new String[] {Http.whip("live"), Http.whep("live")}) {
      Response refused = door.post(endpoint, Sdp.SOUND).assertProblem(401);
      assertThat(refused.header("WWW-Authenticate")).startsWith("Bearer realm=\"");
      assertThat(refused.header("WWW-Authenticate")).doesNotContain("error=");
    }
  }

  @Test
  void w53_aWrongTokenIsChallengedWithTheError() {
    for (String token : new String[] {"Bearer x.y.z", Token.bearer("live", -3600)}) {
      Response refused =
          door.post(Http.whip("live"), Sdp.SOUND, "Authorization", token).assertProblem(401);
      assertThat(refused.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
    }
  }

  @Test
  void w53_aTokenForAnotherStreamIsNotEnough() {
    Response refused =
        door.post(Http.whip("live"), Sdp.SOUND, "Authorization", Token.bearer("other"))
            .assertProblem(403);

    assertThat(refused.header("WWW-Authenticate")).contains("error=\"insufficient_scope\"");
  }

  @Test
  void w54_noExtensionOfWhipIsClaimed() {
    assertThat(http.publish(Sdp.PUBLISHER).opened().headers("Link"))
        .noneMatch(link -> link.contains("urn:ietf:params:whip:ext"));
  }

  @Test
  void w57_sessionUrlsCannotBeGuessed() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      String url = http.publish(Sdp.SOUND).url();
      // 22 characters of 6 bits are 132 bits.
      assertThat(url).matches(".*/whip/resource/[A-Za-z0-9_-]{22,}");
      assertThat(ids.add(url)).isTrue();
    }
  }

  @Test
  void w58_moreCandidatesThanAreKeptAreNoFault() {
    Session session = http.publish(Sdp.SOUND);
    String[] many = new String[1000];
    Arrays.setAll(many, i -> Sdp.CANDIDATE.replace("50000", String.valueOf(50000 + i)));

    session.trickle(many).assertNothing(204);
    session.trickle(Sdp.CANDIDATE).assertNothing(204);
  }

  @Test
  void w58_bodiesAreLimited() {
    Session session = http.publish(Sdp.SOUND);
    String padding = "a=x-padding\r\n".repeat(6000);

    http.post(Http.whip("live"), Sdp.SOUND + padding).assertProblem(413);
    session.patch(session.tag(), session.fragment(padding)).assertProblem(413);
    session.trickle(Sdp.CANDIDATE).assertNothing(204);
  }

  @Test
  void w59_nothingIsNegotiatedASecondTime() {
    Session session = http.publish(Sdp.SOUND);

    http.send("PATCH", session.url(), Sdp.PUBLISHER, "Content-Type", Http.SDP, "If-Match", "*")
        .assertProblem(415);

    Session other = http.publish(Sdp.SOUND);
    assertThat(other.url()).isNotEqualTo(session.url());
    assertThat(http.get(session.url()).status()).isEqualTo(204);
  }
}
