package io.wishbone.signaling;

import static io.wishbone.signaling.Http.header;
import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.build.Jwt;
import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.NodeId;
import io.wishbone.control.OpenSession;
import io.wishbone.control.Refusal;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import io.wishbone.store.RemoteIce;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.StreamRecord;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(TokenTest.WithTokens.class)
class TokenTest extends OverHttp {

  private static final StreamName STUDIO = new StreamName("studio");
  private static final String END_OF_CANDIDATES =
      "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=end-of-candidates\r\n";

  /// A server that asks for tokens.
  public static final class WithTokens implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return SharedSecret.settings();
    }
  }

  @Inject NodeStore nodes;
  @Inject InProcessCarrier carrier;

  @Test
  @DisplayName("W53: without a token it is a 401 with a challenge")
  void challengesWhoHasNoToken() {
    var response = http.publish("studio");
    problem(response, 401);
    assertThat(header(response, "WWW-Authenticate")).isEqualTo("Bearer realm=\"wishbone\"");
  }

  @ParameterizedTest(name = "W53: Authorization {0} is a 401 with invalid_token")
  @ValueSource(strings = {"Bearer undefined", "Bearer a.b.c", "Basic YTpi", "x"})
  void challengesWhoHasAWrongToken(String authorization) {
    var response = publish("studio", authorization);
    problem(response, 401);
    assertThat(header(response, "WWW-Authenticate")).contains("error=\"invalid_token\"");
  }

  @Test
  @DisplayName("W53: a token for another stream is a 403 with insufficient_scope")
  void refusesAnotherStream() {
    var response = publish("other", token("alice", "studio"));
    problem(response, 403);
    assertThat(header(response, "WWW-Authenticate")).contains("error=\"insufficient_scope\"");
    assertThat(node.received(OpenSession.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"studio;x=other", "studio%2F..%2Fother", "..%2Fother", "studio%3Bother"})
  void noSpellingOfAPathLeadsToAnotherStream(String path) {
    publish(path, token("alice", "studio"));
    assertThat(node.received(OpenSession.class))
        .allSatisfy(open -> assertThat(open.stream()).isEqualTo(new StreamName("studio")));
  }

  @Test
  @DisplayName("W51: a bearer token opens its stream, the scheme in any case")
  void opensWithAToken() {
    assertThat(publish("studio", token("alice", "studio")).statusCode()).isEqualTo(201);
    assertThat(publish("other", token("alice", "other").replace("Bearer", "bearer")).statusCode())
        .isEqualTo(201);
  }

  @Test
  void theTokenNamesTheStreamWhenThePathDoesNot() {
    var response =
        http.send(
            "POST",
            "/whip/endpoint",
            Http.bytes(RealOffers.minimal("sendonly")),
            "Content-Type",
            Http.SDP,
            "Authorization",
            token("alice", "studio"));
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(streams.find(new StreamName("studio"))).isNotNull();
  }

  @Test
  @DisplayName("an encoder that reconnects takes its own stream over at once")
  void letsTheSameSubjectTakeOver() {
    String first = location(publish("studio", token("alice", "studio")));
    String second = location(publish("studio", token("alice", "studio")));

    assertThat(node.received(OpenSession.class))
        .extracting(OpenSession::replaces)
        .containsExactly(null, id(first));
    assertThat(node.received(CloseSession.class)).isEmpty();
    assertThat(streams.find(STUDIO).publisher()).isEqualTo(id(second));
    problem(http.patch(first, "*", END_OF_CANDIDATES), 404);
    assertThat(http.send("DELETE", first).statusCode()).isEqualTo(200);
    assertThat(streams.find(new StreamName("studio"))).isNotNull();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = Refusal.class,
      names = {"CODEC_MISMATCH", "UNSUPPORTED_OFFER", "NODE_FULL", "NODE_DRAINING", "INTERNAL"})
  @DisplayName("a publisher goes on when the node refuses who would take its stream over")
  void keepsThePublisherWhoseSuccessorIsRefused(Refusal refusal) {
    String first = location(publish("studio", token("alice", "studio")));
    StreamRecord before = streams.find(STUDIO);

    node.refuseWith(refusal);
    assertThat(publish("studio", token("alice", "studio")).statusCode()).isBetween(422, 503);
    node.reset();

    assertThat(streams.find(STUDIO)).isEqualTo(before);
    assertThat(http.patch(first, "*", END_OF_CANDIDATES).statusCode()).isEqualTo(204);
    assertThat(node.received(CloseSession.class)).isEmpty();
    assertThat(sessions.all()).extracting(SessionRecord::id).containsExactly(id(first));
  }

  @Test
  void keepsThePublisherWhoseSuccessorTheNodeDoesNotAnswer() {
    String first = location(publish("studio", token("alice", "studio")));

    node.fallSilent();
    problem(publish("studio", token("alice", "studio")), 503);
    node.reset();

    assertThat(streams.find(STUDIO).publisher()).isEqualTo(id(first));
    assertThat(http.patch(first, "*", END_OF_CANDIDATES).statusCode()).isEqualTo(204);
  }

  @Test
  @DisplayName("the node may report the end of the old publisher before it answers the new one")
  void movesTheStreamAlsoWhenTheEndIsReportedFirst() {
    String first = location(publish("studio", token("alice", "studio")));
    node.beforeReply(() ->
        carrier.publish(
            new SessionEnded(id(first), STUDIO, SessionRole.PUBLISHER, CloseReason.REPLACED, "")));

    String second = location(publish("studio", token("alice", "studio")));

    await().until(() -> sessions.find(id(first)).state() == SessionState.ENDED);
    assertThat(streams.find(STUDIO).publisher()).isEqualTo(id(second));
    assertThat(http.patch(second, "*", END_OF_CANDIDATES).statusCode()).isEqualTo(204);
  }

  @Test
  @DisplayName("a publisher on another node is closed once its successor is open")
  void closesThePublisherOnAnotherNode() {
    NodeId elsewhere = new NodeId("node-2");
    var other = new ScriptedNode();
    var old = new StreamRecord(STUDIO, id("o".repeat(22)), elsewhere, "alice", Instant.EPOCH);
    carrier.register(elsewhere, other);
    nodes.put(new NodeRecord(elsewhere, "", "", 1, 0, 0, true, Instant.EPOCH));
    streams.claim(old);
    sessions.add(
        new SessionRecord(
            old.publisher(),
            STUDIO,
            SessionRole.PUBLISHER,
            elsewhere,
            SessionState.OPEN,
            "tag",
            new RemoteIce("ufrag", "password"),
            "alice",
            Instant.EPOCH));

    node.refuseWith(Refusal.CODEC_MISMATCH);
    problem(publish("studio", token("alice", "studio")), 422);
    assertThat(other.received(CloseSession.class)).isEmpty();
    assertThat(streams.find(STUDIO)).isEqualTo(old);

    node.reset();
    String next = location(publish("studio", token("alice", "studio")));
    assertThat(other.received(CloseSession.class))
        .containsExactly(new CloseSession(old.publisher(), CloseReason.REPLACED));
    assertThat(streams.find(STUDIO).publisher()).isEqualTo(id(next));
    carrier.unregister(elsewhere);
  }

  @Test
  void refusesAnotherSubject() {
    publish("studio", token("alice", "studio"));
    problem(publish("studio", token("bob", "studio")), 409);
  }

  @Test
  @DisplayName("S4: a session URL needs no token, but a wrong one is refused")
  void sessionUrlsAreCapabilities() {
    String session = location(publish("studio", token("alice", "studio")));

    problem(http.send("DELETE", session, "Authorization", "Bearer undefined"), 401);
    problem(http.send("DELETE", session, "Authorization", token("bob", "other")), 403);
    problem(
        http.send(
            "PATCH", "/whip/resource/abcdefghijklmnopqrstuv", "Authorization", "Bearer undefined"),
        401);
    assertThat(node.received(CloseSession.class)).isEmpty();
    assertThat(http.send("DELETE", session).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("a token that expires ends admission, not what runs")
  void takesAnExpiredTokenForNoneAtSessionUrls() {
    String session = location(publish("studio", token("alice", "studio")));
    String expired = expired(SharedSecret.TEXT);

    problem(publish("studio", expired), 401);
    assertThat(patch(session, expired).statusCode()).isEqualTo(204);
    problem(patch(session, expired(SharedSecret.TEXT + "!")), 401);
    problem(http.send("DELETE", session, "Authorization", expired(SharedSecret.TEXT + "!")), 401);
    assertThat(node.received(CloseSession.class)).isEmpty();
    assertThat(http.send("DELETE", session, "Authorization", expired).statusCode()).isEqualTo(200);
    assertThat(node.received(CloseSession.class)).hasSize(1);
  }

  @Test
  @DisplayName("W52: preflights are not challenged, and neither is GET")
  void doesNotChallengePreflights() {
    assertThat(http.send("OPTIONS", "/whip/endpoint/studio").statusCode()).isEqualTo(200);
    assertThat(http.send("GET", "/whip/endpoint/studio").statusCode()).isEqualTo(204);
  }

  private static SessionId id(String session) {
    return new SessionId(session.substring(session.lastIndexOf('/') + 1));
  }

  private HttpResponse<String> publish(String stream, String authorization) {
    return http.post("/whip/endpoint/" + stream, RealOffers.minimal("sendonly"), authorization);
  }

  private HttpResponse<String> patch(String session, String authorization) {
    return http.send(
        "PATCH",
        session,
        Http.bytes(END_OF_CANDIDATES),
        "Content-Type",
        Http.FRAGMENT,
        "If-Match",
        "*",
        "Authorization",
        authorization);
  }

  private static String expired(String secret) {
    long now = Instant.now().getEpochSecond();
    return "Bearer "
        + Jwt.claims()
            .subject("alice")
            .claim("publish", "studio")
            .issuedAt(now - 7200)
            .expiresAt(now - 3600)
            .jws()
            .sign(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
  }

  private static String token(String subject, String stream) {
    return "Bearer "
        + Jwt.claims()
            .subject(subject)
            .claim("publish", List.of(stream))
            .expiresIn(600)
            .jws()
            .sign(SharedSecret.KEY);
  }
}
