package io.wishbone.it.interop;

import static io.wishbone.it.interop.Ability.PUBLISH;
import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.it.Chromium;
import io.wishbone.it.RunningServer;
import io.wishbone.it.quality.Viewing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// FFmpeg's WHIP muxer, which is in FFmpeg 8 and newer. It is the DTLS server unless it is told
/// otherwise, and makes keyframes when it likes.
class FfmpegInterop {
  private static final int SET_UPS = 10;
  private static final int VIEWERS = 15;

  @Order(1)
  @RegisterExtension
  static final ClientRow row = ClientRow.of("FFmpeg").from(Source.FFMPEG);

  @RegisterExtension static final Chromium chromium = new Chromium();
  @RegisterExtension static final RunningServer server = RunningServer.with();

  private static final Ffmpeg ffmpeg = Ffmpeg.find();

  @BeforeAll
  static void looksForTheMuxer() {
    row.version(ffmpeg.version());
    if (!ffmpeg.hasWhip()) {
      throw row.notRun("this FFmpeg has no WHIP muxer, FFmpeg 8 has");
    }
  }

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  @Test
  @Shows(PUBLISH)
  void publishesUntilItIsInterrupted() throws IOException, InterruptedException {
    try (var publisher = FfmpegPublisher.start(ffmpeg, server.whip("ffmpeg"))) {
      Audience.seesAndHears(chromium.console(server), "ffmpeg");
      assertThat(requests("POST", 201)).isPositive();
      assertThat(log("ffmpeg")).noneMatch(line -> line.contains("ended"));

      long before = System.nanoTime();
      assertThat(publisher.interrupt()).contains("Dispose resource", " ok\n");
      System.out.printf(
          "FFmpeg ended %d ms after it was interrupted%n",
          Duration.ofNanos(System.nanoTime() - before).toMillis());
      // Its DELETE was answered, or it would have said something else.
      assertThat(log("ffmpeg"))
          .anyMatch(line -> line.endsWith("PUBLISHER of stream ffmpeg ended: CLIENT_DELETED"));
    }
  }

  @Test
  @Shows(PUBLISH)
  void publishesAsDtlsClient() {
    try (var publisher =
        FfmpegPublisher.start(ffmpeg, server.whip("active"), "-whip_flags", "dtls_active")) {
      System.out.println(
          "FFmpeg as DTLS client, ms from its POST to DTLS connected: " + publisher.awaitSetUp());
      Audience.seesAndHears(chromium.console(server), "active");
      assertThat(publisher.interrupt()).contains("a=setup:active", "a=setup:passive");
    }
  }

  @Test
  @Shows(PUBLISH)
  void publishesWithAToken() {
    try (RunningServer guarded = RunningServer.with(Tokens.ENVIRONMENT, Tokens.OPTIONS).started();
        var stranger = FfmpegPublisher.start(ffmpeg, guarded.whip("guarded"));
        var publisher =
            FfmpegPublisher.start(
                ffmpeg, guarded.whip("guarded"), "-authorization", Tokens.forStream("guarded"))) {
      publisher.awaitSetUp();
      assertThat(stranger.awaitEnd()).contains("401 Unauthorized");
      assertThat(publisher.interrupt()).contains("Dispose resource", " ok\n");
    }
  }

  /// R19. It throws away the first message of the handshake that it did not begin, and waits until
  /// it is sent again.
  @Test
  void isSetUpSoon() {
    List<Double> millis = new ArrayList<>();
    try (RunningServer fresh = RunningServer.with().started()) {
      for (int i = 0; i <= SET_UPS; i++) {
        try (var publisher = FfmpegPublisher.start(ffmpeg, fresh.whip("soon"))) {
          FfmpegPublisher.Steps steps = publisher.awaitSetUp();
          System.out.println("R19: FFmpeg, ms from its POST to DTLS connected: " + steps);
          if (i > 0) {
            millis.add(steps.postToDtls());
          }
          publisher.interrupt();
        }
      }
    }
    millis.sort(null);
    System.out.printf(
        "R19: without the first of a server that has just started, ms: median %.0f, %.0f to %.0f"
            + " (%d)%n",
        millis.get(SET_UPS / 2), millis.getFirst(), millis.getLast(), SET_UPS);
  }

  /// R20, and that it stays for longer than any peer may be silent.
  @Test
  void isSeenSoonByWhoComesLate() {
    List<Long> sinceConnected = new ArrayList<>();
    List<Long> total = new ArrayList<>();
    try (var publisher = FfmpegPublisher.start(ffmpeg, server.whip("late"))) {
      publisher.awaitSetUp();
      long before = System.nanoTime();
      for (int i = 0; i < VIEWERS; i++) {
        var page = chromium.console(server);
        // Every viewer comes at another moment of the two seconds between keyframes.
        page.page().waitForTimeout(2_000 + 2_000.0 * i / VIEWERS);
        Viewing viewing = Viewing.of(page, server.whep("late"));
        sinceConnected.add(viewing.connectedToFirstFrameMillis());
        total.add(viewing.firstFrameMillis());
        viewing.close();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThan(Duration.ofSeconds(40));
      assertThat(log("late")).noneMatch(line -> line.contains("PUBLISHER of stream late ended"));
      publisher.interrupt();
    }
    sinceConnected.sort(null);
    total.sort(null);
    System.out.printf(
        "R20: first frame of FFmpeg with a keyframe every 2 s, from play(), ms: median %d, all %s;"
            + " after connected: median %d, all %s%n",
        total.get(VIEWERS / 2), total, sinceConnected.get(VIEWERS / 2), sinceConnected);
  }

  /// How many requests with this method the server has answered with this status.
  private static double requests(String method, int status)
      throws IOException, InterruptedException {
    URI metrics = server.console().resolve("/q/metrics");
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith("wishbone_requests_seconds_count{"))
          .filter(line -> line.contains("code=\"" + status + "\""))
          .filter(line -> line.contains("method=\"" + method + "\""))
          .filter(line -> line.contains("protocol=\"whip\""))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }
  }

  /// What the server has said of a stream.
  private static List<String> log(String stream) {
    return server.log().lines().filter(line -> line.contains(" of stream " + stream)).toList();
  }
}
