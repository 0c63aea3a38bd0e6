package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.wishbone.client.demo.DemoPublisher;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// How the packaged server leaves with time: told by SIGTERM or by the API of operators.
class LeavingIT {

  /// The machine may have other things to do.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private record Interruptions(List<String> reasons) implements DemoPublisher.Observer {

    @Override
    public void onPublishing(URI session) {}

    @Override
    public void onInterrupted(String reason) {
      reasons.add(reason);
    }
  }

  @Test
  void endsByItselfWhenItIsDrainedByTheApiAndNobodyIsThere() throws Exception {
    try (RunningServer server = RunningServer.with().started()) {
      HttpResponse<String> drained = drain(server, "");
      assertThat(drained.statusCode()).as(drained.body()).isEqualTo(200);
      assertThat(server.awaitEnd()).isZero();
    }
  }

  /// Nobody is let in, who is there stays until the time is over, and then the program ends.
  @Test
  void endsTheRestWhenTheTimeOfTheApiIsOver() throws Exception {
    var interruptions = new CopyOnWriteArrayList<String>();
    try (RunningServer server = RunningServer.with().started();
        DemoPublisher publisher =
            new DemoPublisher(server.whip("live"), null, new Interruptions(interruptions))) {
      publisher.start();
      await().atMost(PATIENCE).until(() -> server.log().contains("stream live is connected"));
      assertThat(drain(server, "?within=8").statusCode()).isEqualTo(200);
      assertThat(publish(server, "another")).isEqualTo(503);
      assertThat(interruptions).isEmpty();
      assertThat(server.awaitEnd()).isZero();
      await().atMost(PATIENCE).until(() -> !interruptions.isEmpty());
      assertThat(interruptions.getFirst()).startsWith("CLOSED_BY_PEER");
      assertThat(server.log()).contains("ends, with 1 publishers and 0 viewers");
    }
  }

  @Test
  void staysAfterAllWhenItIsToldSoInTime() throws Exception {
    try (RunningServer server = RunningServer.with().started();
        DemoPublisher publisher =
            new DemoPublisher(
                server.whip("live"), null, new Interruptions(new CopyOnWriteArrayList<>()))) {
      publisher.start();
      await().atMost(PATIENCE).until(() -> server.log().contains("stream live is connected"));
      assertThat(drain(server, "").statusCode()).isEqualTo(200);
      assertThat(publish(server, "another")).isEqualTo(503);
      assertThat(send(server, "DELETE", "api/v1/nodes/standalone/drain").statusCode())
          .isEqualTo(200);
      await().atMost(PATIENCE).until(() -> publish(server, "another") == 201);
      assertThat(drain(server, "?within=never").statusCode()).isEqualTo(200);
      assertThat(publish(server, "third")).isEqualTo(503);
    }
  }

  /// RFC 9113 section 6.8. It is served all the same what comes by a new connection.
  @Test
  void sendsGoAwayToClientsOverHttp2WhenItIsToldToEnd() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (RunningServer server = RunningServer.with("--drain-timeout", "10m").started();
        DemoPublisher publisher =
            new DemoPublisher(
                server.whip("live"), null, new Interruptions(new CopyOnWriteArrayList<>()))) {
      publisher.start();
      await().atMost(PATIENCE).until(() -> server.log().contains("stream live is connected"));
      var lastStreams = new CopyOnWriteArrayList<Integer>();
      var client =
          vertx.createHttpClient(
              new HttpClientOptions()
                  .setProtocolVersion(HttpVersion.HTTP_2)
                  .setHttp2ClearTextUpgrade(false));
      HttpConnection connection =
          client
              .request(HttpMethod.GET, server.httpPort(), "localhost", "/q/health/live")
              .compose(request -> request.send().compose(response -> response.body().map(request)))
              .map(request -> request.connection())
              .toCompletionStage()
              .toCompletableFuture()
              .get();
      connection.goAwayHandler(away -> lastStreams.add(away.getLastStreamId()));

      server.terminate();

      await().atMost(PATIENCE).until(() -> !lastStreams.isEmpty());
      assertThat(lastStreams.getFirst()).as("refuses no stream").isEqualTo(Integer.MAX_VALUE);
      assertThat(server.isAlive()).isTrue();
      assertThat(send(server, "GET", "q/health/live").statusCode()).isEqualTo(200);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get();
    }
  }

  private static HttpResponse<String> drain(RunningServer server, String query) {
    return send(server, "POST", "api/v1/nodes/standalone/drain" + query);
  }

  private static HttpResponse<String> send(RunningServer server, String method, String path) {
    return exchange(
        HttpRequest.newBuilder(server.console().resolve(path))
            .method(method, BodyPublishers.noBody())
            .build());
  }

  /// @return the status
  private static int publish(RunningServer server, String stream) {
    return exchange(
            HttpRequest.newBuilder(server.whip(stream))
                .header("Content-Type", "application/sdp")
                .POST(BodyPublishers.ofString(Offers.read("chromium156-whip-vp8-only.offer.sdp")))
                .build())
        .statusCode();
  }

  private static HttpResponse<String> exchange(HttpRequest request) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    } catch (InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
