package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import io.wishbone.app.cluster.Member;
import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.it.SignedToken;
import io.wishbone.it.conformance.SoundPeer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What pods and nodes log at debug level, as JSON, while people publish, watch, restart and leave:
/// whose line it is, and nothing that nobody else may know.
@UsesCluster(ClusterKind.REGIONS)
class SecretsInCluster {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String TOKEN =
      "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJub2JvZHkifQ.c2lnbmF0dXJlLXRoYXQtaXMtbm9uZQ";

  private static final String JWT_SECRET = "a-secret-that-signs-tokens-of-this-test";

  /// As a master key with its salt would be written (RFC 3711 section 8.2), or any longer one.
  private static final Pattern KEYS =
      Pattern.compile("[0-9A-Fa-f]{56,}|\\[-?\\d{1,3}(?:, ?-?\\d{1,3}){13,}]");

  private static TestCluster cluster;
  private static ClientParts parts;

  private final List<String> secrets = new ArrayList<>();

  @BeforeAll
  static void start(TestCluster given) {
    parts = ClientParts.start("cluster-secrets", new SignalingClient(null));
    cluster = given;
  }

  @AfterAll
  static void stop() {
    parts.close();
  }

  private LiveSession open(SoundPeer peer, int pod, String protocol, String region) {
    LiveSession session = LiveSession.open(peer, cluster.pod(pod), protocol, "guarded", region);
    keep(session.path());
    keepPasswords(session.peer().offer());
    keepPasswords(session.answer());
    return session;
  }

  /// The last segment is what lets somebody in.
  private void keep(String path) {
    secrets.add(path.substring(path.lastIndexOf('/') + 1));
  }

  private void keepPasswords(String description) {
    description
        .lines()
        .filter(line -> line.startsWith("a=ice-pwd:"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .forEach(secrets::add);
  }

  @Test
  void nobodyLogsWhatOthersMayNotKnow() {
    LiveSession published = open(LiveSession.publisher(parts), 0, "whip", "west");
    LiveSession played = open(LiveSession.viewer(parts), 1, "whep", "east");
    played.awaitMore(20);
    keep(
        LiveSession.send(
                HttpRequest.newBuilder(cluster.pod(0).resolve(played.path() + "/events"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("[\"active\"]")))
            .headers()
            .firstValue("Location")
            .map(location -> URI.create(location).getPath())
            .orElseThrow());
    var restarted = played.restart(cluster.pod(0), played.tag(), "guard");
    assertThat(restarted.statusCode()).isEqualTo(200);
    keepPasswords(restarted.body());
    secrets.add("freshguardfresh");
    played.awaitMore(20);
    // A token that is wrong, and one where none is asked for, are no less secret.
    secrets.addAll(List.of(TOKEN.split("\\.")));
    LiveSession.send(
        HttpRequest.newBuilder(cluster.pod(1).resolve("whep/endpoint/guarded"))
            .header("Content-Type", "application/sdp")
            .header("Authorization", "Bearer " + TOKEN)
            .POST(BodyPublishers.ofString("v=0")));
    played.delete(cluster.pod(0));
    published.delete(cluster.pod(1));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(cluster.cluster().nodes().stream().flatMap(SecretsInCluster::labels))
                .as("lines of nodes about sessions of this stream")
                .filteredOn(labels -> "guarded".equals(labels.getString("stream")))
                .isNotEmpty()
                .allSatisfy(labels -> {
                  assertThat(labels.getString("session")).isNotEmpty();
                  assertThat(labels.getString("traceId")).matches("[0-9a-f]{32}");
                }));
    assertThat(secrets).hasSizeGreaterThan(9);
    assertNobodyLogsSecrets();
  }

  /// Once more with a token that lets somebody in, at a pod that asks for one.
  @Test
  void nobodyLogsATokenThatIsTaken() throws IOException {
    Path settings =
        Files.writeString(
            cluster.plan().directory().resolve("secrets.properties"),
            "wishbone.jwt.secret=" + JWT_SECRET + "\n");
    startSecondPod("--auth", "jwt", "--jwt-algorithm", "hs256", "--config", settings.toString());
    try {
      String token = SignedToken.of(JWT_SECRET, "somebody", "admitted", 600);
      secrets.add(JWT_SECRET);
      secrets.addAll(List.of(token.split("\\.")).subList(1, 3));
      assertThat(publish("").statusCode()).isEqualTo(401);
      HttpResponse<String> opened = publish("Bearer " + token);
      assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
      keepPasswords(opened.body());
      URI session = URI.create(opened.headers().firstValue("Location").orElseThrow());
      keep(session.getPath());
      var end = HttpRequest.newBuilder(cluster.pod(1).resolve(session.getPath())).DELETE();
      assertThat(LiveSession.send(end).statusCode()).isEqualTo(200);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(cluster.cluster().nodes())
                  .as("a node says of the session that it ended")
                  .anyMatch(node -> node.process().output().contains("of stream admitted ended")));
      assertNobodyLogsSecrets();
    } finally {
      startSecondPod();
    }
  }

  private static void startSecondPod(String... options) {
    cluster.cluster().pod(1).close();
    cluster
        .cluster()
        .startPod(1, cluster.cluster().storeAddresses(), List.of(options))
        .awaitReady();
  }

  private static HttpResponse<String> publish(String authorization) {
    var request =
        HttpRequest.newBuilder(cluster.pod(1).resolve("whip/endpoint/admitted"))
            .header("Content-Type", "application/sdp")
            .POST(BodyPublishers.ofString(LiveSession.publisher(parts).offer()));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return LiveSession.send(request);
  }

  private void assertNobodyLogsSecrets() {
    assertThat(secrets).allMatch(secret -> secret.length() >= 10);
    for (Member member : members()) {
      String log = member.process().output();
      assertThat(log.contains("\"level\":\"DEBUG\""))
          .as(member.name() + " logs JSON, at debug level")
          .isTrue();
      for (String secret : secrets) {
        assertThat(log.contains(secret)).as(member.name() + " logs " + secret).isFalse();
      }
      for (String part : List.of("a=ice-pwd", "a=candidate", "a=fingerprint")) {
        assertThat(log.contains(part)).as(member.name() + " logs " + part).isFalse();
      }
      assertThat(KEYS.matcher(log).results().map(MatchResult::group))
          .as(member.name() + " logs keys")
          .isEmpty();
    }
  }

  private static List<Member> members() {
    return Stream.concat(cluster.cluster().pods().stream(), cluster.cluster().nodes().stream())
        .toList();
  }

  /// Of each line that has any.
  private static Stream<JsonObject> labels(Member member) {
    return member
        .process()
        .output()
        .lines()
        .filter(line -> line.startsWith("{"))
        .map(JsonObject::new)
        .filter(line -> line.getJsonObject("mdc") != null)
        .map(line -> line.getJsonObject("mdc"));
  }
}
