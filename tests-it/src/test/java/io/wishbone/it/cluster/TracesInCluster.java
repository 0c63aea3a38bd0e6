package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.client.load.LoadPlan;
import io.wishbone.client.load.Swarm;
import io.wishbone.it.conformance.SoundPeer;
import io.wishbone.it.tracing.OtlpReceiver;
import io.wishbone.it.tracing.ReceivedSpan;
import io.wishbone.it.tracing.SessionTrace;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A trace goes from a pod over Kafka to a node, and with its events back to whatever pod handles
/// them; and what a node says of a session gets to any pod.
@UsesCluster(ClusterKind.REGIONS)
class TracesInCluster {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static TestCluster cluster;
  private static OtlpReceiver receiver;
  private static ClientParts parts;

  @BeforeAll
  static void start(TestCluster given) {
    parts = ClientParts.start("cluster-traces", new SignalingClient(null));
    cluster = given;
    receiver = given.traces();
  }

  @AfterAll
  static void stop() {
    parts.close();
  }

  private static LiveSession open(SoundPeer peer, int pod, String protocol, String region) {
    return LiveSession.open(peer, cluster.pod(pod), protocol, "traced", region);
  }

  /// Looks at it again and again until it is as it should be: spans come in no order.
  private static SessionTrace traceOf(String role, String stream, Consumer<SessionTrace> wanted) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(SessionTrace.of(receiver, role, stream)).singleElement().satisfies(wanted));
    SessionTrace whole = SessionTrace.of(receiver, role, stream).getFirst();
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

    // There is sound only, so no keyframe.
    SessionTrace publisher =
        traceOf(
            "publisher",
            "traced",
            trace -> {
              trace.assertWhole(List.of("first egress", "session"));
              trace.assertAsked("DELETE whip", "CloseSession");
            });
    SessionTrace subscriber =
        traceOf(
            "subscriber",
            "traced",
            trace -> {
              trace.assertWhole(List.of("session"));
              trace.assertAsked("PATCH whep", "AddCandidates");
              trace.assertAsked("DELETE whep", "CloseSession");
            });
    ReceivedSpan relay = subscriber.span("send OpenRelay");
    assertThat(relay.parent()).isEqualTo(subscriber.span("handle OpenSession").id());
    assertThat(subscriber.span("handle OpenRelay").parent()).isEqualTo(relay.id());
    assertThat(publisher.spans().getFirst().service()).isEqualTo("wishbone-signaling");
    assertThat(publisher.span("handle OpenSession").service()).isEqualTo("wishbone-media");
    assertThat(receiver.faults()).isEmpty();
    assertNamedInTheLog(publisher);
  }

  /// The whole chain, one after the other: request, place, node, ICE, DTLS, first packet, first
  /// keyframe, first packet to a viewer, end.
  @Test
  void theTraceOfAPublisherWithVideoGoesToItsFirstEgress() throws Exception {
    var plan = new LoadPlan(1, 1, 1_000, 30, 1, Duration.ZERO, 1, 1, false, 0);
    var signaling = new RegionalSignaling(cluster, "seen", "west", "east");
    try (var swarm = new Swarm(plan, signaling, _ -> {})) {
      swarm.publish();
      swarm.join(1, 1);
      await()
          .atMost(PATIENCE)
          .until(() ->
              SessionTrace.of(receiver, "publisher", "seen").stream()
                  .anyMatch(trace -> trace.has("first egress")));
    }
    SessionTrace publisher =
        traceOf(
            "publisher",
            "seen",
            trace -> trace.assertWhole(List.of("first keyframe", "first egress", "session")));
    SessionTrace subscriber =
        traceOf("subscriber", "seen", trace -> trace.assertWhole(List.of("session")));
    for (SessionTrace each : List.of(publisher, subscriber)) {
      assertThat(each.span("place").service()).isEqualTo("wishbone-signaling");
      assertThat(each.span("dtls").service()).isEqualTo("wishbone-media");
    }
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
