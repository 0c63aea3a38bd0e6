package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.demo.DemoPublisher;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How the packaged server starts, refuses to start, and ends.
class ServerLifecycleIT {

  /// The machine may have other things to do.
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory = Path.of("");

  @Test
  void saysWhereItIsAndEndsWhenAsked() throws IOException, InterruptedException {
    try (RunningServer server = RunningServer.with().started();
        HttpClient client = HttpClient.newHttpClient()) {
      String address = "http://localhost:" + server.httpPort();
      assertThat(server.output())
          .containsExactly(
              "Console  " + address + "/",
              "WHIP     " + address + "/whip/endpoint/{stream}",
              "WHEP     " + address + "/whep/endpoint/{stream}");
      assertThat(server.log()).contains("only this machine is let in (127.0.0.1)");
      for (String path : List.of("q/health/live", "q/health/ready", "q/metrics")) {
        var request = HttpRequest.newBuilder(server.console().resolve(path)).build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
            .describedAs(path)
            .isEqualTo(200);
      }
      assertThat(server.stop()).isZero();
      assertThat(server.log()).doesNotContain("Exception");
    }
  }

  @Test
  void tellsItsClientsThatItEnds() {
    var interruptions = new CopyOnWriteArrayList<String>();
    try (RunningServer server = RunningServer.with().started();
        DemoPublisher publisher =
            new DemoPublisher(server.whip("live"), null, new Interruptions(interruptions))) {
      publisher.start();
      await().atMost(PATIENCE).until(() -> server.log().contains("stream live is connected"));
      server.stop();
      await().atMost(PATIENCE).until(() -> !interruptions.isEmpty());
      assertThat(interruptions.getFirst()).startsWith("CLOSED_BY_PEER");
    }
  }

  @Test
  void staysForItsSessionsIfItIsGivenTimeAndGoesWithTheLast() throws Exception {
    var interruptions = new CopyOnWriteArrayList<String>();
    try (RunningServer server = RunningServer.with("--drain-timeout", "10m").started()) {
      try (DemoPublisher publisher =
          new DemoPublisher(server.whip("live"), null, new Interruptions(interruptions))) {
        publisher.start();
        await().atMost(PATIENCE).until(() -> server.log().contains("stream live is connected"));
        server.terminate();
        await().atMost(PATIENCE).until(() -> publish(server, "another").statusCode() == 503);
        assertSaysWhenToComeBack(publish(server, "another"));
        assertThat(server.isAlive()).isTrue();
        assertThat(interruptions).isEmpty();
      }
      assertThat(server.awaitEnd()).isZero();
    }
  }

  @Test
  void endsAtOnceWhenItIsAskedASecondTime() throws Exception {
    var interruptions = new CopyOnWriteArrayList<String>();
    try (RunningServer server = RunningServer.with("--drain-timeout", "10m").started();
        DemoPublisher publisher =
            new DemoPublisher(server.whip("live"), null, new Interruptions(interruptions))) {
      publisher.start();
      await().atMost(PATIENCE).until(() -> server.log().contains("stream live is connected"));
      server.terminate();
      await().atMost(PATIENCE).until(() -> publish(server, "another").statusCode() == 503);
      assertThat(server.stop()).isZero();
      await().atMost(PATIENCE).until(() -> !interruptions.isEmpty());
      assertThat(interruptions.getFirst()).startsWith("CLOSED_BY_PEER");
    }
  }

  /// RFC 9725 section 4.5. Somebody else may be there in ten seconds; of many, each is told a
  /// little more.
  private static void assertSaysWhenToComeBack(HttpResponse<String> refused) {
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().allValues("Retry-After"))
        .singleElement()
        .satisfies(seconds -> assertThat(Integer.parseInt(seconds)).isBetween(10, 30));
    assertThat(refused.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
  }

  private static HttpResponse<String> publish(RunningServer server, String stream)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(server.whip(stream))
              .header("Content-Type", "application/sdp")
              .POST(BodyPublishers.ofString(Offers.read("chromium156-whip-vp8-only.offer.sdp")))
              .build();
      return client.send(request, BodyHandlers.ofString());
    }
  }

  @Test
  void saysThatAPortIsTaken() {
    try (RunningServer server = RunningServer.with().started()) {
      String httpPort = Integer.toString(server.httpPort());
      String mediaPort = Integer.toString(server.mediaPort());
      assertRefused(
          ServerProgram.run(directory, Map.of(), "--http-port", httpPort),
          1,
          "cannot listen on TCP port " + httpPort);
      String free = Integer.toString(FreePorts.tcp());
      assertRefused(
          ServerProgram.run(directory, Map.of(), "--http-port", free, "--media-port", mediaPort),
          1,
          "cannot listen on UDP port " + mediaPort);
    }
  }

  @Test
  void refusesAWrongValueWhereverItComesFrom() throws IOException {
    String rule = "has to be a number from 1 to 65535";
    assertRefused(ServerProgram.run(directory, Map.of(), "--http-port", "0"), 2, rule);
    assertRefused(ServerProgram.run(directory, Map.of("WISHBONE_MEDIA_PORT", "x")), 2, rule);
    Files.createDirectories(directory.resolve("config"));
    Files.writeString(directory.resolve("config/application.properties"), "wishbone.http-port=x");
    assertRefused(ServerProgram.run(directory, Map.of()), 2, rule);
  }

  @Test
  void refusesAnOptionThatIsNotThere() {
    assertRefused(
        ServerProgram.run(directory, Map.of(), "--http-prot", "80"),
        2,
        "did you mean --http-port?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version"})
  void explainsItself(String option) {
    var run = ServerProgram.run(directory, Map.of(), option);
    assertThat(run.exitCode()).isZero();
    assertThat(run.output()).containsIgnoringCase("wishbone");
    assertThat(run.errors()).isEmpty();
  }

  private static void assertRefused(ServerProgram.Finished run, int exitCode, String reason) {
    assertThat(run.errors()).startsWith("wishbone: ").contains(reason).hasLineCount(1);
    assertThat(run.output()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(exitCode);
  }

  private record Interruptions(List<String> reasons) implements DemoPublisher.Observer {

    @Override
    public void onPublishing(URI session) {}

    @Override
    public void onInterrupted(String reason) {
      reasons.add(reason);
    }
  }
}
