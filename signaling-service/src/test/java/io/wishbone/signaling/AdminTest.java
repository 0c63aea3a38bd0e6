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
import io.wishbone.control.StreamName;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamStore;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
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

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/streams",
    "GET, /api/v1/streams/studio",
    "DELETE, /api/v1/streams/studio",
    "GET, /api/v1/sessions",
    "GET, /api/v1/sessions/abcdefghijklmnopqrstuv",
    "DELETE, /api/v1/sessions/abcdefghijklmnopqrstuv",
    "GET, /api/v1/nodes",
    "GET, /api/v1/nodes/node-1",
    "POST, /api/v1/nodes/node-1/drain",
    "DELETE, /api/v1/nodes/node-1/drain",
    "GET, /api/v1/revocations",
    "GET, /api/v1/sessions;admin=true"
  })
  void isForOperatorsOnly(String method, String path) {
    location(publish("studio"));
    HttpResponse<String> unknown = http.send(method, path);
    assertThat(unknown.statusCode()).isIn(401, 404);
    HttpResponse<String> publisher = http.send(method, path, "Authorization", token(false));
    assertThat(publisher.statusCode()).isIn(403, 404);
    assertThat(unknown.body() + publisher.body()).doesNotContain("\"stream\"", "\"node\"");
    assertThat(node.received(Drain.class)).isEmpty();
    assertThat(streams.find(new StreamName("studio"))).isNotNull();
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
    assertThat(node.received(Drain.class))
        .extracting(Drain::draining)
        .containsExactly(true, false, true);
    assertThat(node.received(Drain.class))
        .extracting(Drain::within)
        .containsExactly(null, null, Duration.ofSeconds(90));
    for (String wrong : List.of("-1", "1s", "86401", "1000000")) {
      json("POST", "/api/v1/nodes/node-1/drain?within=" + wrong, 400);
    }
    assertThat(node.received(Drain.class)).hasSize(3);
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
