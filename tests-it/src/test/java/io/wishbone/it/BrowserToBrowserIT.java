package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One real stream from a real browser to a real browser, through the packaged server.
class BrowserToBrowserIT {
  @RegisterExtension static final Chromium chromium = new Chromium();
  @RegisterExtension static final RunningServer server = RunningServer.with("--demo");

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  @ParameterizedTest
  @ValueSource(strings = {"VP8", "H264", "VP9", "AV1"})
  void watchesPictureAndSoundOfAnotherPage(String codec) {
    ConsolePage publisher = chromium.console(server);
    ConsolePage viewer = chromium.console(server);

    publisher.publishCanvas("codec-" + codec, codec, false);
    viewer.watch("codec-" + codec);

    int before = viewer.frames();
    await().atMost(Duration.ofSeconds(30)).until(() -> viewer.frames() >= before + 30);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(viewer.shown("watch", "codec")).isEqualTo(codec));
    assertThat(viewer.pictureMovement()).isGreaterThan(0.5);
    assertThat(viewer.soundEnergy()).isGreaterThan(0.002);
    viewer.screenshot("watch-" + codec);
    publisher.screenshot("publish-" + codec);
    assertThat(publisher.complaints()).isEmpty();
    assertThat(viewer.complaints()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"camera", "screen"})
  void watchesTheCameraAndTheScreenOfAnotherPage(String source) {
    ConsolePage publisher = chromium.console(server);
    ConsolePage viewer = chromium.console(server);

    publisher.publish("from-" + source, source, "VP8", false);
    viewer.watch("from-" + source);

    int before = viewer.frames();
    await().atMost(Duration.ofSeconds(30)).until(() -> viewer.frames() >= before + 3);
    viewer.screenshot("watch-" + source);
    assertThat(publisher.complaints()).isEmpty();
  }

  @Test
  void fitsThePageIntoAPhone() {
    ConsolePage viewer = chromium.console(server);
    viewer.page().setViewportSize(390, 844);

    viewer.watch("demo");

    assertThat(viewer.page().evaluate("() => document.documentElement.scrollWidth")).isEqualTo(390);
    assertThat(
            viewer
                .page()
                .evaluate(
                    "() => [...document.querySelectorAll('button')].filter((it) => it.offsetParent)"
                        + ".every((it) => it.getBoundingClientRect().height >= 40)"))
        .as("buttons that a thumb can hit")
        .isEqualTo(true);
    viewer.screenshot("watch-on-a-phone");
  }

  @Test
  void watchesTheDemo() {
    ConsolePage viewer = chromium.console(server);

    viewer.watch("demo");

    int before = viewer.frames();
    await().atMost(Duration.ofSeconds(30)).until(() -> viewer.frames() >= before + 50);
    assertThat(viewer.pictureMovement()).isGreaterThan(0.5);
    assertThat(viewer.soundEnergy()).isGreaterThan(0.002);
    viewer.screenshot("watch-demo");
  }

  @Test
  void watchesASimulcastStream() {
    ConsolePage publisher = chromium.console(server);
    ConsolePage viewer = chromium.console(server);

    publisher.publishCanvas("layers", "VP8", true);
    viewer.watch("layers");

    int before = viewer.frames();
    await().atMost(Duration.ofSeconds(30)).until(() -> viewer.frames() >= before + 60);
    assertThat(viewer.pictureMovement()).isGreaterThan(0.5);
  }

  @Test
  void hearsAStreamWithoutPicture() {
    ConsolePage publisher = chromium.console(server);
    ConsolePage viewer = chromium.console(server);

    publisher
        .page()
        .evaluate(
            """
            async () => {
              const { WhipClient } = await import('/js/whip-client.js');
              const audio = new AudioContext();
              const tone = new OscillatorNode(audio, { frequency: 440 });
              const out = audio.createMediaStreamDestination();
              tone.connect(out);
              tone.start();
              await audio.resume();
              globalThis.audioOnly = new WhipClient({ endpoint: '/whip/endpoint/audio-only' });
              await globalThis.audioOnly.publish(out.stream);
            }
            """);
    viewer
        .page()
        .evaluate(
            """
            async () => {
              const { WhepClient } = await import('/js/whep-client.js');
              const client = new WhepClient({ endpoint: '/whep/endpoint/audio-only' });
              const element = document.createElement('audio');
              element.autoplay = true;
              globalThis.heard = await client.play();
              element.srcObject = globalThis.heard;
              document.body.append(element);
              globalThis.listening = client;
            }
            """);

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> viewer.soundEnergy("() => globalThis.heard") > 0.01);
  }

  @Test
  void showsALateViewerAPictureSoon() {
    ConsolePage publisher = chromium.console(server);
    publisher.publishCanvas("late", "VP8", false);
    List<Long> startups = new ArrayList<>();

    for (int i = 0; i < 5; i++) {
      ConsolePage viewer = chromium.console(server);
      viewer.watch("late");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !Double.isNaN(viewer.number("watch", "startup")));
      startups.add(Math.round(viewer.number("watch", "startup")));
      viewer.stopWatching();
    }

    startups.sort(null);
    System.out.printf(
        "late viewer, click to first frame, ms: median %d, all %s%n", startups.get(2), startups);
    assertThat(startups).hasSize(5);
  }

  @Test
  void stopEndsBothSides() throws Exception {
    ConsolePage publisher = chromium.console(server);
    ConsolePage viewer = chromium.console(server);
    publisher.publishCanvas("stopped", "VP8", false);
    viewer.watch("stopped");

    assertThat(publisher.stopPublishing()).isEqualTo(200);

    await().atMost(Duration.ofSeconds(20)).until(() -> !isLive("stopped"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> {
          int frames = viewer.frames();
          viewer.page().waitForTimeout(1_500);
          return viewer.frames() == frames;
        });
    viewer.stopWatching();
    assertThat(viewer.page().getAttribute("#watch-status", "data-state")).isEqualTo("idle");
  }

  @Test
  void waitsForAStreamThatIsNotThereYet() {
    ConsolePage viewer = chromium.console(server);
    viewer.page().fill("#watch-stream", "soon");
    viewer.page().click("#watch-start");
    viewer.awaitState("#watch-status", Set.of("waiting"));
    ConsolePage publisher = chromium.console(server);

    publisher.publishCanvas("soon", "VP8", false);

    viewer.awaitPicture();
  }

  @Test
  void clearsAPublisherWhoseBrowserWasKilled() throws Exception {
    Path profile = Files.createTempDirectory("chromium-killed");
    int port = FreePorts.tcp();
    List<String> command = new ArrayList<>(List.of(Chromium.required().toString()));
    command.addAll(Chromium.FLAGS);
    command.addAll(
        List.of("--headless=new", "--remote-debugging-port=" + port, "--user-data-dir=" + profile));
    command.add("about:blank");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("output.txt").toFile())
            .start();
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> Files.readString(profile.resolve("output.txt")).contains("DevTools listening"));
      Browser doomed = chromium.playwright().chromium().connectOverCDP("http://127.0.0.1:" + port);
      ConsolePage publisher = ConsolePage.open(doomed.newContext().newPage(), server.console());
      publisher.publishCanvas("doomed", "VP8", false);
      assertThat(isLive("doomed")).isTrue();

      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      long killed = System.nanoTime();

      // 7 s of silence end a session; the rest is the next look at it, and a busy machine.
      await()
          .pollInterval(Duration.ofMillis(250))
          .atMost(Duration.ofSeconds(10))
          .until(() -> !isLive("doomed"));
      System.out.printf(
          "killed browser cleared after %.1f s%n", (System.nanoTime() - killed) / 1e9);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /// Whether a viewer's offer is accepted; its session never connects and is deleted at once.
  private static boolean isLive(String stream) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var post =
          HttpRequest.newBuilder(server.whep(stream))
              .header("Content-Type", "application/sdp")
              .POST(BodyPublishers.ofString(Offers.read("chromium156-whep-recvonly.offer.sdp")))
              .build();
      var response = client.send(post, BodyHandlers.ofString());
      if (response.statusCode() == 201) {
        var session = server.whep(stream).resolve(response.headers().firstValue("Location").get());
        client.send(HttpRequest.newBuilder(session).DELETE().build(), BodyHandlers.discarding());
        return true;
      }
      assertThat(response.statusCode()).isEqualTo(409);
      return false;
    }
  }
}
