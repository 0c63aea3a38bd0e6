package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.it.conformance.SoundPeer;
import io.wishbone.it.tracing.OtlpReceiver;
import io.wishbone.it.tracing.ReceivedSpan;
import io.wishbone.it.tracing.SessionTrace;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A trace goes from a pod over Kafka to a node, and with its events back to whatever pod handles
/// them; and what a node says of a session gets to any pod.
class TracesInCluster {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension static final OtlpReceiver receiver = new OtlpReceiver();
  @TempDir static Path directory;
  private static TestCluster cluster;
  private static ClientParts parts;

  @BeforeAll
  static void start() throws IOException {
    Path settings = Files.createDirectories(directory.resolve("config"));
    Files.writeString(
        settings.resolve("application.properties"),
        "wishbone.trace.endpoint=" + receiver.address() + "\nwishbone.log-format=json\n");
    parts = ClientParts.start("cluster-traces", new SignalingClient(null));
    cluster = TestCluster.start(directory, List.of("west", "middle", "east"));
  }

  @AfterAll
  static void stop() {
    parts.close();
    cluster.close();
  }

  private static LiveSession open(SoundPeer peer, int pod, String protocol, String region) {
    var opening =
        await()
            .atMost(PATIENCE)
            .until(
                () -> LiveSession.post(peer, cluster.pod(pod), protocol, "traced", region),
                each -> each.response().statusCode() == 201);
    LiveSession session = LiveSession.of(opening, "traced");
    await().atMost(PATIENCE).until(peer::isConnected);
    return session;
  }

  private static SessionTrace traceOf(String role, String until) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            SessionTrace.of(receiver, role, "traced").stream().anyMatch(trace -> trace.has(until)));
    SessionTrace whole = SessionTrace.of(receiver, role, "traced").getFirst();
    System.out.print(whole.text());
    return whole;
  }

  @Test
  void aSessionIsOneTraceOverKafka() throws Exception {
    LiveSession published = open(LiveSession.publisher(parts), 0, "whip", "west");
    // Elsewhere, so that its node has to have the stream from the publisher's.
    LiveSession played = open(LiveSession.viewer(parts), 1, "whep", "east");
    played.awaitMore(50);
    assertThat(played.patch(cluster.pod(0)).statusCode()).isEqualTo(204);
    assertThat(sessions(1).filter(each -> each.containsKey("diagnosis")))
        .as("what nodes say at a pod that has opened one of them")
        .hasSize(2)
        .allSatisfy(each -> {
          assertThat(each.getJsonObject("diagnosis").getString("verdict")).isEqualTo("ok");
          assertThat(each.getJsonObject("diagnosis").getInteger("packets")).isPositive();
        });
    played.delete(cluster.pod(0));
    published.delete(cluster.pod(1));

    SessionTrace publisher = traceOf("publisher", "session");
    // There is sound only, so no keyframe.
    publisher.assertWhole(List.of("first egress", "session"));
    SessionTrace subscriber = traceOf("subscriber", "session");
    subscriber.assertWhole(List.of("session"));
    subscriber.assertAsked("PATCH whep", "AddCandidates");
    subscriber.assertAsked("DELETE whep", "CloseSession");
    ReceivedSpan relay = subscriber.span("send OpenRelay");
    assertThat(relay.parent()).isEqualTo(subscriber.span("handle OpenSession").id());
    assertThat(subscriber.span("handle OpenRelay").parent()).isEqualTo(relay.id());
    assertThat(publisher.spans().getFirst().service()).isEqualTo("wishbone-signaling");
    assertThat(publisher.span("handle OpenSession").service()).isEqualTo("wishbone-media");
    assertThat(receiver.faults()).isEmpty();
    assertNamedInTheLog(publisher);
  }

  private static void assertNamedInTheLog(SessionTrace trace) {
    ReceivedSpan request = trace.spans().getFirst();
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(lines())
                .filteredOn(line -> line.getString("message").contains("ended: CLIENT_DELETED"))
                .map(line -> line.getJsonObject("mdc"))
                .filteredOn(Objects::nonNull)
                .filteredOn(labels -> trace.id().equals(labels.getString("traceId")))
                .hasSize(1)
                .allSatisfy(labels ->
                    assertThat(labels.getString("session"))
                        .isEqualTo(request.attributes().get("wishbone.session"))));
  }

  private static List<JsonObject> lines() {
    return cluster.cluster().pods().stream()
        .flatMap(pod -> pod.process().output().lines())
        .filter(line -> line.startsWith("{"))
        .map(JsonObject::new)
        .toList();
  }

  private static Stream<JsonObject> sessions(int pod) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(cluster.pod(pod).resolve("/api/v1/sessions?stream=traced"))
              .build();
      String body = client.send(request, BodyHandlers.ofString()).body();
      return new JsonObject(body).getJsonArray("sessions").stream().map(JsonObject.class::cast);
    }
  }
}
