package io.wishbone.signaling;

import static io.wishbone.signaling.Http.header;
import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.wishbone.control.AddCandidates;
import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.Refusal;
import io.wishbone.control.RestartIce;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SessionTest extends OverHttp {

  private static final String SAME =
      "a=ice-ufrag:" + RealOffers.UFRAG + "\r\na=ice-pwd:" + RealOffers.PASSWORD + "\r\n";
  private static final String NONE = "";
  private static final String BOTH =
      "a=ice-ufrag:other\r\na=ice-pwd:another-password-of-enough-letters\r\n"
          .replace("-password-of-enough-", "PasswordOfEnough");
  private static final String ONE =
      "a=ice-ufrag:other\r\na=ice-pwd:" + RealOffers.PASSWORD + "\r\n";
  private static final String CANDIDATE =
      """
      m=audio 9 UDP/TLS/RTP/SAVPF 111
      a=mid:0
      a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host
      a=end-of-candidates
      """
          .replace("\n", "\r\n");

  @Inject InProcessCarrier carrier;

  private String session;
  private String tag;

  @BeforeEach
  void publish() {
    var response = http.publish("studio");
    session = location(response);
    tag = header(response, "ETag");
  }

  @ParameterizedTest(name = "If-Match {0} with {1} credentials is {2}")
  @CsvSource(
      quoteCharacter = '^',
      value = {
        "absent, same, 428",
        "absent, both, 428",
        "current, same, 204",
        "current, none, 204",
        "list, same, 204",
        "current, both, 200",
        "*, same, 204",
        "\"*\", same, 204",
        "*, both, 200",
        "\"*\", both, 200",
        "\"stale\", same, 412",
        "\"stale\", both, 412",
        "weak, same, 412",
        "weak, both, 412",
        "unquoted, same, 412",
        "current, one, 400",
        "*, one, 400",
        "current, broken, 400",
        "absent, broken, 428",
        "\"stale\", broken, 412"
      })
  @DisplayName("W21, W25, W28, W29: the PATCH decision table")
  void decidesByPreconditionAndCredentials(String ifMatch, String credentials, int status) {
    String fragment =
        switch (credentials) {
          case "same" -> SAME + CANDIDATE;
          case "none" -> NONE + CANDIDATE;
          case "both" -> BOTH + CANDIDATE;
          case "one" -> ONE + CANDIDATE;
          default -> "a=candidate\r\nnonsense\r\n";
        };
    String value =
        switch (ifMatch) {
          case "current" -> tag;
          case "list" -> "\"a\", " + tag;
          case "weak" -> "W/" + tag;
          case "unquoted" -> tag.replace("\"", "");
          default -> ifMatch;
        };
    var response =
        ifMatch.equals("absent")
            ? http.send("PATCH", session, Http.bytes(fragment), "Content-Type", Http.FRAGMENT)
            : http.patch(session, value, fragment);

    assertThat(response.statusCode()).describedAs(response.body()).isEqualTo(status);
    assertThat(node.received(AddCandidates.class)).hasSize(status == 204 ? 1 : 0);
    assertThat(node.received(RestartIce.class)).hasSize(status == 200 ? 1 : 0);
    if (status >= 400) {
      problem(response, status);
    }
  }

  @Test
  @DisplayName("W25: a 204 has neither body nor entity-tag, and the tag stays")
  void trickleKeepsTheEntityTag() {
    var response = http.patch(session, tag, SAME + CANDIDATE);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("ETag")).isEmpty();
    assertThat(http.patch(session, tag, SAME + CANDIDATE).statusCode()).isEqualTo(204);
  }

  @Test
  @DisplayName("W30: a restart is answered with the node's fragment under a new entity-tag")
  void restartChangesTheEntityTag() {
    var response = http.patch(session, "*", BOTH + CANDIDATE);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).startsWith(Http.FRAGMENT);
    assertThat(response.body()).isEqualTo(ScriptedNode.FRAGMENT);
    String next = header(response, "ETag");
    assertThat(next).matches("\"[A-Za-z0-9_-]+\"").isNotEqualTo(tag);
    assertThat(http.patch(session, tag, SAME + CANDIDATE).statusCode())
        .describedAs("W22: late candidates of the old ICE session")
        .isEqualTo(412);
    assertThat(http.patch(session, next, BOTH + CANDIDATE).statusCode()).isEqualTo(204);
  }

  @Test
  @DisplayName("W33: when a restart is refused, the ICE session and its entity-tag stay")
  void refusedRestartKeepsTheIceSession() {
    node.refuseWith(Refusal.UNSUPPORTED_OFFER);
    problem(http.patch(session, "*", BOTH + CANDIDATE), 422);
    node.reset();
    assertThat(http.patch(session, tag, SAME + CANDIDATE).statusCode()).isEqualTo(204);
    assertThat(http.patch(session, "*", BOTH + CANDIDATE).statusCode()).isEqualTo(200);
  }

  @Test
  void takesTheTagFromARequestHeaderEtagToo() {
    var response =
        http.send(
            "PATCH",
            session,
            Http.bytes(SAME + CANDIDATE),
            "Content-Type",
            Http.FRAGMENT,
            "ETag",
            tag);
    assertThat(response.statusCode()).isEqualTo(204);
  }

  @Test
  @DisplayName("W17: another content type is a 415 with Accept-Patch")
  void refusesOtherContentTypes() {
    var response =
        http.send(
            "PATCH", session, Http.bytes(SAME), "Content-Type", "text/plain", "If-Match", tag);
    problem(response, 415);
    assertThat(header(response, "Accept-Patch")).isEqualTo(Http.FRAGMENT);
  }

  @Test
  void namesTheLineOfABrokenFragment() {
    assertThat(problem(http.patch(session, tag, SAME + "a=candidate:1 1 udp\r\n"), 400))
        .contains("line 3");
  }

  @Test
  void aSessionThatItsNodeDoesNotKnowIsOver() {
    node.refuseWith(Refusal.SESSION_UNKNOWN);
    problem(http.patch(session, tag, SAME + CANDIDATE), 404);
    node.reset();
    assertThat(http.publish("studio").statusCode()).isEqualTo(201);
  }

  @Test
  @DisplayName("W8, W20: DELETE is a 200 whatever If-Match says, and ends the session at its node")
  void deletes() {
    var response = http.send("DELETE", session, "If-Match", "\"stale\"");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(node.received(CloseSession.class))
        .extracting(CloseSession::reason)
        .containsExactly(CloseReason.CLIENT_DELETED);
    assertThat(streams.all()).isEmpty();
  }

  @Test
  void deletesAgainAndAgain() {
    for (int i = 0; i < 3; i++) {
      assertThat(http.send("DELETE", session).statusCode()).isEqualTo(200);
    }
    assertThat(node.received(CloseSession.class)).hasSize(1);
  }

  @Test
  void deletesAlsoWhenTheNodeIsSilent() {
    node.fallSilent();
    assertThat(http.send("DELETE", session).statusCode()).isEqualTo(200);
    assertThat(streams.all()).isEmpty();
  }

  @Test
  @DisplayName("a client that closes DTLS first finds a tombstone: DELETE is a 200, PATCH a 404")
  void leavesATombstoneWhenTheSessionEndsAtItsNode() {
    carrier.publish(
        new SessionEnded(
            id(), new StreamName("studio"), SessionRole.PUBLISHER, CloseReason.CLIENT_CLOSED, ""));
    await().until(() -> streams.all().isEmpty());

    problem(http.patch(session, tag, SAME + CANDIDATE), 404);
    assertThat(http.send("DELETE", session).statusCode()).isEqualTo(200);
    assertThat(node.received(CloseSession.class)).isEmpty();
    assertThat(http.publish("studio").statusCode()).isEqualTo(201);
  }

  @Test
  void theEndOfAReplacedPublisherDoesNotFreeTheStream() {
    String stream = "studio";
    http.send("DELETE", session);
    SessionId replaced = id();
    http.publish(stream);
    carrier.publish(
        new SessionEnded(
            replaced, new StreamName(stream), SessionRole.PUBLISHER, CloseReason.REPLACED, ""));
    String marker = location(http.publish("marker"));
    carrier.publish(
        new SessionEnded(
            new SessionId(marker.substring(marker.lastIndexOf('/') + 1)),
            new StreamName("marker"),
            SessionRole.PUBLISHER,
            CloseReason.SILENT,
            ""));
    await().until(() -> streams.find(new StreamName("marker")) == null);
    assertThat(streams.find(new StreamName(stream))).isNotNull();
  }

  @ParameterizedTest(name = "{0} of an unknown session is a 404")
  @ValueSource(strings = {"GET", "PATCH", "DELETE"})
  void doesNotKnowOtherSessions(String method) {
    for (String id : new String[] {"abcdefghijklmnopqrstuv", "short", "a%2Fb", "%00"}) {
      assertThat(http.send(method, "/whip/resource/" + id).statusCode())
          .describedAs(id)
          .isBetween(400, 404);
    }
    problem(http.send(method, "/whip/resource/abcdefghijklmnopqrstuv"), 404);
  }

  @Test
  @DisplayName("W1: GET on a session is answered with nothing")
  void answersGetWithNothing() {
    assertThat(http.send("GET", session).statusCode()).isEqualTo(204);
    assertThat(http.send("HEAD", session).statusCode()).isEqualTo(204);
  }

  @ParameterizedTest(name = "W14: {0} on a session is a 405 with Allow")
  @ValueSource(strings = {"PUT", "POST"})
  void refusesOtherMethods(String method) {
    var response = http.send(method, session);
    problem(response, 405);
    assertThat(header(response, "Allow")).isEqualTo("GET, HEAD, PATCH, DELETE, OPTIONS");
  }

  private SessionId id() {
    return new SessionId(session.substring(session.lastIndexOf('/') + 1));
  }
}
