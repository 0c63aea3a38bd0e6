package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import io.wishbone.client.ClientParts;
import io.wishbone.client.http.SignalingClient;
import io.wishbone.it.tracing.OtlpReceiver;
import io.wishbone.it.tracing.ReceivedSpan;
import io.wishbone.it.tracing.SessionTrace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The packaged server tells a receiver of OpenTelemetry what becomes of sessions.
class TracesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension static final OtlpReceiver receiver = new OtlpReceiver();

  @RegisterExtension
  static final RunningServer server =
      RunningServer.with(
          "--demo",
          "true",
          "--trace-endpoint",
          receiver.address().toString(),
          "--log-format",
          "json");

  private static SessionTrace traceOf(String role, String until) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            SessionTrace.of(receiver, role, "demo").stream().anyMatch(trace -> trace.has(until)));
    SessionTrace whole =
        SessionTrace.of(receiver, role, "demo").stream()
            .filter(trace -> trace.has(until))
            .findFirst()
            .orElseThrow();
    System.out.print(whole.text());
    return whole;
  }

  @Test
  void aSessionIsOneTraceFromTheRequestToMedia() throws Exception {
    // Who goes with the first packet has it from the past: sometimes none comes in the time.
    try (var parts = ClientParts.start("wishbone-traces", new SignalingClient(null))) {
      await()
          .atMost(PATIENCE)
          .until(() -> {
            ChurningVisitor.watches(parts, server.whep("demo"), false, PATIENCE);
            return SessionTrace.of(receiver, "publisher", "demo").stream()
                .anyMatch(trace -> trace.has("first egress"));
          });
    }
    traceOf("publisher", "first egress").assertWhole(List.of("first keyframe", "first egress"));
    SessionTrace viewer = traceOf("subscriber", "session");
    viewer.assertWhole(List.of("session"));
    assertThat(viewer.span("session").attributes())
        .containsEntry("wishbone.verdict", "ok")
        // It says good-bye by DTLS and by DELETE.
        .hasEntrySatisfying(
            "wishbone.reason", reason -> assertThat(reason).isIn("closed", "closed_by_peer"));
    assertThat(receiver.faults()).isEmpty();
    assertThat(receiver.spans())
        .as("no request but those of clients; the server's own first one names no stream")
        .filteredOn(span -> span.name().startsWith("POST "))
        .allSatisfy(span -> assertThat(span.attributes()).containsKey("wishbone.session"));
  }

  @Test
  void whatIsAskedOfASessionLaterIsPartOfItsTrace() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String offer = Offers.read("chromium156-whip-vp8-only.offer.sdp");
      var opened =
          client.send(
              HttpRequest.newBuilder(server.whip("asked"))
                  .header("Content-Type", "application/sdp")
                  .POST(BodyPublishers.ofString(offer))
                  .build(),
              BodyHandlers.ofString());
      URI session = URI.create(opened.headers().firstValue("Location").orElseThrow());
      var patched =
          client.send(
              HttpRequest.newBuilder(session)
                  .header("Content-Type", "application/trickle-ice-sdpfrag")
                  .header("If-Match", opened.headers().firstValue("ETag").orElseThrow())
                  .method("PATCH", BodyPublishers.ofString("a=end-of-candidates\r\n"))
                  .build(),
              BodyHandlers.ofString());
      assertThat(patched.statusCode()).isEqualTo(204);
      var deleted =
          client.send(HttpRequest.newBuilder(session).DELETE().build(), BodyHandlers.ofString());
      assertThat(deleted.statusCode()).isEqualTo(200);
      assertThat(receiver.raw()).doesNotContain(session.getPath());
    }
    await()
        .atMost(PATIENCE)
        .until(() ->
            SessionTrace.of(receiver, "publisher", "asked").stream()
                .anyMatch(trace -> trace.has("session") && trace.has("handle CloseSession")));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          SessionTrace trace = SessionTrace.of(receiver, "publisher", "asked").getFirst();
          trace.assertAsked("PATCH whip", "AddCandidates");
          trace.assertAsked("DELETE whip", "CloseSession");
        });
    System.out.print(SessionTrace.of(receiver, "publisher", "asked").getFirst().text());
  }

  @Test
  void linesOfTheLogNameTheirTrace() {
    SessionTrace publisher = traceOf("publisher", "first keyframe");
    ReceivedSpan request = publisher.spans().getFirst();
    List<JsonObject> lines =
        server.log().lines().filter(line -> line.startsWith("{")).map(JsonObject::new).toList();
    assertThat(lines)
        .map(line -> line.getJsonObject("mdc"))
        .filteredOn(Objects::nonNull)
        .filteredOn(labels -> publisher.id().equals(labels.getString("traceId")))
        .hasSizeGreaterThanOrEqualTo(2)
        .allSatisfy(labels -> {
          assertThat(labels.getString("stream")).isEqualTo("demo");
          assertThat(labels.getString("session"))
              .isEqualTo(request.attributes().get("wishbone.session"));
        });
    assertThat(lines)
        .filteredOn(line -> line.getString("message").contains("is connected"))
        .as("what a node has reported")
        .isNotEmpty();
  }

  private static String get(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(server.console().resolve(path)).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  @Test
  void noSpanHoldsWhatNobodyMayKnow() throws IOException, InterruptedException {
    SessionTrace publisher = traceOf("publisher", "first keyframe");
    String id =
        new JsonObject(get("api/v1/sessions?stream=demo"))
            .getJsonArray("sessions").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("role").equals("publisher"))
                .map(each -> each.getString("id"))
                .findFirst()
                .orElseThrow();
    assertThat(receiver.raw()).doesNotContain(id, "ice-pwd", "candidate", "127.0.0.1:");
    for (ReceivedSpan span : publisher.spans()) {
      assertThat(span.attributes().keySet())
          .allMatch(key -> key.startsWith("wishbone.") || key.startsWith("http."));
    }
    assertThat(Map.copyOf(publisher.spans().getFirst().attributes()))
        .containsEntry("http.route", "/whip/endpoint/{stream}");
  }

  @Test
  void aServerWithoutAReceiverSaysNothingOfTraces() {
    try (RunningServer quiet = RunningServer.with("--demo", "true").started()) {
      System.out.println("ready after " + quiet.startTime().toMillis() + " ms without traces");
      assertThat(quiet.log()).doesNotContainIgnoringCase("telemetry", "otlp", "trace");
    }
  }
}
