package io.wishbone.signaling;

import static io.wishbone.signaling.Http.location;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.Drain;
import io.wishbone.control.SessionDiagnosis;
import io.wishbone.control.SessionFigures;
import io.wishbone.control.SessionId;
import io.wishbone.control.StreamName;
import io.wishbone.control.Verdict;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamStore;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The API of operators does what openapi.json says.
@QuarkusTest
@TestProfile(AdminTest.WithTokens.class)
class AdminTest {

  private static final String SECRET = "a-secret-that-is-long-enough-for-hs256";

  /// A server that takes tokens.
  public static final class WithTokens implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "wishbone.auth", "jwt", "wishbone.jwt.algorithm", "hs256", "wishbone.jwt.secret", SECRET);
    }
  }

  @Inject ScriptedNode node;
  @Inject SessionStore sessions;
  @Inject StreamStore streams;
  @TestHTTPResource URI base;

  private Http http;
  private JsonObject openApi;

  @BeforeEach
  void start() {
    http = new Http(base);
    TestServer.reset(node, sessions, streams);
    openApi = new JsonObject(http.send("GET", "/api/v1/openapi.json").body());
  }

  /// Everything that is described, so that nothing is forgotten here.
  @Test
  void isForOperatorsOnly() {
    int operations = 0;
    for (String template : openApi.getJsonObject("paths").fieldNames()) {
      for (String method : openApi.getJsonObject("paths").getJsonObject(template).fieldNames()) {
        if (!method.equals("parameters") && !template.endsWith("/openapi.json")) {
          TestServer.reset(node, sessions, streams);
          isForOperatorsOnly(method.toUpperCase(Locale.ROOT), template);
          operations++;
        }
      }
    }
    assertThat(operations).as("operations").isGreaterThanOrEqualTo(15);
  }

  private void isForOperatorsOnly(String method, String template) {
    String session = id(publish("studio"));
    String revocation = new JsonObject(revoke(token(true)).body()).getString("id");
    String path =
        template
                .replace("{stream}", "studio")
                .replace("{node}", "node-1")
                .replace("{id}", template.contains("/revocations") ? revocation : session)
            + (template.endsWith("/metrics") ? "?stream=studio" : "");
    String what = method + " " + path;
    int told = node.received(Drain.class).size() + node.received(CloseSession.class).size();

    HttpResponse<String> unknown = ask(method, path, null);
    assertThat(unknown.statusCode()).as(what).isEqualTo(401);
    HttpResponse<String> publisher = ask(method, path, token(false));
    assertThat(publisher.statusCode()).as(what).isEqualTo(403);
    assertThat(unknown.body() + publisher.body())
        .as(what)
        .doesNotContain("\"stream\"", "\"node\"", "\"revokedAt\"");
    assertThat(node.received(Drain.class).size() + node.received(CloseSession.class).size())
        .as(what)
        .isEqualTo(told);
    assertThat(streams.find(new StreamName("studio"))).isNotNull();

    HttpResponse<String> operator = ask(method, path, token(true));
    assertThat(operator.statusCode()).as(what + ": " + operator.body()).isBetween(200, 299);
    ask("DELETE", "/api/v1/nodes/node-1/drain", token(true));
    ask("DELETE", "/api/v1/revocations/" + revocation, token(true));
  }

  /// With a body where one is needed, and without where one would do no harm.
  private HttpResponse<String> ask(String method, String path, @Nullable String authorization) {
    if (method.equals("POST") && path.endsWith("/revocations")) {
      return revoke(authorization);
    }
    return authorization == null
        ? http.send(method, path)
        : http.send(method, path, "Authorization", authorization);
  }

  private HttpResponse<String> revoke(@Nullable String authorization) {
    byte[] body = Http.bytes("{\"subject\":\"bob\"}");
    return authorization == null
        ? http.send("POST", "/api/v1/revocations", body, "Content-Type", "application/json")
        : http.send(
            "POST",
            "/api/v1/revocations",
            body,
            "Content-Type",
            "application/json",
            "Authorization",
            authorization);
  }

  @Test
  void noParameterInAPathMakesAnOperator() {
    location(publish("studio"));
    for (String path : List.of("/api/v1/sessions;admin=true", "/api/v1;admin=true/sessions")) {
      for (String authorization : List.of("Bearer x", token(false))) {
        HttpResponse<String> response = http.send("GET", path, "Authorization", authorization);
        assertThat(response.statusCode()).as(path).isBetween(400, 404);
        assertThat(response.body()).doesNotContain("\"stream\"", "studio");
      }
    }
  }

  @Test
  void showsStreams() {
    location(publish("studio"));
    location(publish("aula"));

    JsonObject list = json("GET", "/api/v1/streams", 200);
    assertThat(list.getInteger("total")).isEqualTo(2);
    assertThat(each(list, "streams", "stream")).containsExactly("aula", "studio");
    JsonObject one = json("GET", "/api/v1/streams/studio", 200);
    assertThat(one.getString("subject")).isEqualTo("alice");
    assertThat(one.getString("node")).isEqualTo("node-1");
    assertFits(one, "Stream");
    json("GET", "/api/v1/streams/nobody", 404);
    json("GET", "/api/v1/streams/what%20is%20this", 404);
  }

  @Test
  void showsSessionsByWhatIsAskedFor() {
    location(publish("studio"));
    String viewer = id(play("studio"));
    location(publish("aula"));
    http.send("DELETE", "/whep/resource/" + viewer);

    assertThat(json("GET", "/api/v1/sessions", 200).getInteger("total")).isEqualTo(3);
    JsonObject ended = json("GET", "/api/v1/sessions?state=ended&role=subscriber", 200);
    assertThat(each(ended, "sessions", "id")).containsExactly(viewer);
    assertThat(each(json("GET", "/api/v1/sessions?stream=aula", 200), "sessions", "stream"))
        .containsExactly("aula");
    JsonObject first = json("GET", "/api/v1/sessions?limit=1&node=node-1", 200);
    assertThat(first.getInteger("total")).isEqualTo(3);
    assertThat(each(first, "sessions", "stream")).as("the newest").containsExactly("aula");
    assertThat(json("GET", "/api/v1/sessions?node=other", 200).getInteger("total")).isZero();
    JsonObject one = json("GET", "/api/v1/sessions/" + viewer, 200);
    assertThat(one.getString("state")).isEqualTo("ended");
    assertFits(one, "Session");
  }

  @Test
  void showsHowSessionsFare() {
    String publisher = id(publish("studio"));
    String viewer = id(play("studio"));
    node.forget(new SessionId(publisher));
    node.diagnose(
        new SessionDiagnosis(
            new SessionId(viewer),
            Verdict.LOSS,
            true,
            false,
            new SessionFigures(900, 700_000, 1_200_000, 41, 0.07, 38, 37, 2, 80.5, null)));

    JsonObject diagnosis =
        json("GET", "/api/v1/sessions/" + viewer, 200).getJsonObject("diagnosis");
    assertFits(diagnosis, "Diagnosis");
    assertThat(diagnosis.getString("verdict")).isEqualTo("loss");
    assertThat(diagnosis.getDouble("loss")).isEqualTo(0.07);
    assertThat(diagnosis.getDouble("roundTripMillis")).isEqualTo(80.5);
    assertThat(diagnosis.containsKey("jitterMillis")).isFalse();
    assertThat(json("GET", "/api/v1/sessions/" + publisher, 200).containsKey("diagnosis"))
        .isFalse();
    JsonArray listed = json("GET", "/api/v1/sessions", 200).getJsonArray("sessions");
    assertThat(listed)
        .map(each -> ((JsonObject) each).getJsonObject("diagnosis"))
        .filteredOn(Objects::nonNull)
        .containsExactly(diagnosis);
  }

  @Test
  void showsMetricsOfTheStreamsThatAreAskedFor() {
    String publisher = id(publish("studio"));
    String viewer = id(play("studio"));
    String other = id(play("studio"));
    location(publish("aula"));
    node.diagnose(fares(publisher, Verdict.OK, 2_500_000, 0, null));
    node.diagnose(fares(viewer, Verdict.LOSS, 1_000_000, 0.5, 40.0));
    node.diagnose(fares(other, Verdict.OK, 500_000, 0.1, 20.0));

    String text = metrics("stream=studio", 200);
    assertThat(text.lines().filter(line -> !line.startsWith("#")))
        .contains(
            "wishbone_stream_bitrate{stream=\"studio\",role=\"publisher\"} 2500000.0",
            "wishbone_stream_bitrate{stream=\"studio\",role=\"subscriber\"} 1500000.0",
            "wishbone_stream_sessions{stream=\"studio\",role=\"subscriber\",verdict=\"loss\"} 1.0",
            "wishbone_stream_loss_mean{stream=\"studio\",role=\"subscriber\"} 0.3",
            "wishbone_stream_round_trip_seconds_max{stream=\"studio\",role=\"subscriber\"} 0.04")
        .noneMatch(line -> line.contains("aula"))
        .noneMatch(line -> line.contains(viewer))
        .noneMatch(line -> line.contains("publisher") && line.contains("round_trip"));
    assertThat(metrics("stream=nobody", 200)).isEmpty();
    metrics("", 400);
    metrics("stream=what%20is%20this", 400);
    metrics("stream=a&".repeat(21), 400);
  }

  private static SessionDiagnosis fares(
      String id, Verdict verdict, long bitrate, double loss, Double roundTrip) {
    return new SessionDiagnosis(
        new SessionId(id),
        verdict,
        true,
        false,
        new SessionFigures(100, 90_000, bitrate, 1, loss, 2, 2, 1, roundTrip, null));
  }

  private String metrics(String query, int status) {
    HttpResponse<String> response =
        http.send("GET", "/api/v1/metrics?" + query, "Authorization", token(true));
    assertThat(response.statusCode()).isEqualTo(status);
    return response.body();
  }

  @Test
  void verdictsAreDescribed() {
    JsonArray words =
        openApi
            .getJsonObject("components")
            .getJsonObject("schemas")
            .getJsonObject("Diagnosis")
            .getJsonObject("properties")
            .getJsonObject("verdict")
            .getJsonArray("enum");
    assertThat(words)
        .map(Object::toString)
        .containsExactlyElementsOf(
            Arrays.stream(Verdict.values())
                .map(verdict -> verdict.name().toLowerCase(Locale.ROOT))
                .toList());
  }

  @Test
  void showsSessionsOfANodeThatDoesNotSayHowTheyFare() {
    String publisher = id(publish("studio"));
    node.fallSilent();
    JsonObject list = json("GET", "/api/v1/sessions", 200);
    assertThat(each(list, "sessions", "id")).containsExactly(publisher);
  }

  @ParameterizedTest
  @CsvSource({"role=spy", "state=happy", "limit=0", "limit=1001", "limit=x"})
  void refusesWhatIsNoQuestion(String query) {
    json("GET", "/api/v1/sessions?" + query, 400);
  }

  @Test
  void endsASession() {
    location(publish("studio"));
    String viewer = id(play("studio"));

    json("DELETE", "/api/v1/sessions/" + viewer, 204);
    json("DELETE", "/api/v1/sessions/" + viewer, 204);

    assertThat(node.received(CloseSession.class))
        .singleElement()
        .satisfies(close -> {
          assertThat(close.sessionId().value()).isEqualTo(viewer);
          assertThat(close.reason()).isEqualTo(CloseReason.OPERATOR);
        });
    assertThat(streams.find(new StreamName("studio"))).isNotNull();
    json("DELETE", "/api/v1/sessions/abcdefghijklmnopqrstuv", 404);
  }

  @Test
  void endsAPublisher() {
    location(publish("studio"));
    json("DELETE", "/api/v1/streams/studio", 204);
    assertThat(streams.find(new StreamName("studio"))).isNull();
    json("DELETE", "/api/v1/streams/studio", 404);
    assertThat(publish("studio").statusCode()).isEqualTo(201);
  }

  @Test
  void letsANodeDrainAndTakeSessionsAgain() {
    JsonObject list = json("GET", "/api/v1/nodes", 200);
    assertThat(each(list, "nodes", "node")).containsExactly("node-1");
    assertFits(json("GET", "/api/v1/nodes/node-1", 200), "Node");

    JsonObject drained = json("POST", "/api/v1/nodes/node-1/drain", 200);
    assertThat(drained.getBoolean("draining")).isTrue();
    assertThat(drained.getInteger("sessions")).isEqualTo(3);
    assertFits(drained, "DrainState");
    json("DELETE", "/api/v1/nodes/node-1/drain", 200);
    json("POST", "/api/v1/nodes/node-1/drain?within=90", 200);
    json("POST", "/api/v1/nodes/node-1/drain?within=never", 200);
    assertThat(node.received(Drain.class))
        .extracting(Drain::draining)
        .containsExactly(true, false, true, true);
    assertThat(node.received(Drain.class))
        .extracting(Drain::within)
        .containsExactly(Duration.ofSeconds(60), null, Duration.ofSeconds(90), null);
    for (String wrong : List.of("-1", "1s", "86401", "1000000", "Never")) {
      json("POST", "/api/v1/nodes/node-1/drain?within=" + wrong, 400);
    }
    assertThat(node.received(Drain.class)).hasSize(4);
    json("POST", "/api/v1/nodes/node-9/drain", 404);
    json("GET", "/api/v1/nodes/no%20node", 404);
  }

  @Test
  void saysWhenANodeDoesNotReply() {
    node.fallSilent();
    json("POST", "/api/v1/nodes/node-1/drain", 503);
  }

  @Test
  void saysWhichMethodsThereAre() {
    for (String path : List.of("/api/v1/streams", "/api/v1/sessions/x", "/api/v1/nodes/n/drain")) {
      HttpResponse<String> response = http.send("PUT", path, "Authorization", token(true));
      assertThat(response.statusCode()).as(path).isEqualTo(405);
      String allow = response.headers().firstValue("Allow").orElse("");
      for (String method :
          openApi.getJsonObject("paths").getJsonObject(described(path)).fieldNames()) {
        if (!method.equals("parameters")) {
          assertThat(allow).contains(method.toUpperCase(Locale.ROOT));
        }
      }
    }
  }

  private static String described(String path) {
    return path.replace("/x", "/{id}").replace("/n/", "/{node}/");
  }

  /// Sends it as an operator; what comes back is described.
  private JsonObject json(String method, String path, int status) {
    HttpResponse<String> response = http.send(method, path, "Authorization", token(true));
    assertThat(response.statusCode()).as(method + " " + path).isEqualTo(status);
    String known =
        openApi.getJsonObject("paths").fieldNames().stream()
            .filter(template ->
                path.replaceFirst("\\?.*", "").matches(template.replaceAll("\\{[a-z]+}", "[^/]+")))
            .findFirst()
            .orElseThrow();
    JsonObject operation =
        openApi
            .getJsonObject("paths")
            .getJsonObject(known)
            .getJsonObject(method.toLowerCase(Locale.ROOT));
    assertThat(operation.getJsonObject("responses").fieldNames()).contains("" + status);
    return response.body().isEmpty() ? new JsonObject() : new JsonObject(response.body());
  }

  /// Everything that is required is there, and nothing that is not described.
  private void assertFits(JsonObject value, String schema) {
    JsonObject described =
        openApi.getJsonObject("components").getJsonObject("schemas").getJsonObject(schema);
    assertThat(described.getJsonObject("properties").fieldNames()).containsAll(value.fieldNames());
    assertThat(value.fieldNames())
        .containsAll(described.getJsonArray("required").stream().map(Object::toString).toList());
  }

  private static List<String> each(JsonObject list, String name, String property) {
    JsonArray items = list.getJsonArray(name);
    return items.stream().map(item -> ((JsonObject) item).getString(property)).toList();
  }

  private HttpResponse<String> publish(String stream) {
    return open("/whip/endpoint/" + stream, "sendonly");
  }

  private HttpResponse<String> play(String stream) {
    return open("/whep/endpoint/" + stream, "recvonly");
  }

  private HttpResponse<String> open(String path, String direction) {
    return http.send(
        "POST",
        path,
        Http.bytes(RealOffers.minimal(direction)),
        "Content-Type",
        "application/sdp",
        "Authorization",
        token(false));
  }

  private static String id(HttpResponse<String> opened) {
    String location = location(opened);
    return location.substring(location.lastIndexOf('/') + 1);
  }

  private static String token(boolean admin) {
    var key = new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    return "Bearer "
        + Jwt.claims()
            .subject("alice")
            .claim("publish", "*")
            .claim("play", "*")
            .claim("admin", admin)
            .expiresIn(600)
            .jws()
            .algorithm(SignatureAlgorithm.HS256)
            .sign(key);
  }
}
