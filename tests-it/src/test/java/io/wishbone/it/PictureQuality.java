package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.client.demo.DemoPublisher;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How a real browser's picture fares: its first frame, and freezes behind a lossy path. Prints
/// what docs/quality.md tells. Run with `mvn verify -Pquality -pl tests-it -am`; seconds a run by
/// `-Dquality.seconds`.
class PictureQuality {
  private static final int SECONDS = Integer.getInteger("quality.seconds", 60);
  private static final int RUNS = 3;
  private static final long ONE_WAY_MILLIS = 20;
  private static final int RELAY_PORT = FreePorts.udp(1);

  @RegisterExtension static final Chromium chromium = new Chromium();

  @RegisterExtension
  static final RunningServer server =
      RunningServer.with("--workers", "1", "--advertise", "127.0.0.1:" + RELAY_PORT);

  private static final String WATCH =
      """
      async (endpoint) => {
        const { WhepClient } = await import('/js/whep-client.js');
        const Native = globalThis.RTCPeerConnection;
        let connected = NaN;
        globalThis.RTCPeerConnection = class extends Native {
          constructor(...all) {
            super(...all);
            globalThis.watched = this;
            this.addEventListener('connectionstatechange', () => {
              if (this.connectionState === 'connected') connected = performance.now();
            });
          }
        };
        const began = performance.now();
        const client = new WhepClient({ endpoint });
        const video = document.createElement('video');
        video.muted = true;
        video.playsInline = true;
        document.body.append(video);
        video.srcObject = await client.play();
        const shown = new Promise((done) => video.requestVideoFrameCallback(done));
        video.play();
        await shown;
        const first = performance.now();
        globalThis.stopWatching = () => client.stop?.();
        return { total: first - began, sinceConnected: first - connected };
      }
      """;

  private static final String STATISTICS =
      """
      async () => {
        const all = [...(await globalThis.watched.getStats()).values()];
        const video = all.find((it) => it.type === 'inbound-rtp' && it.kind === 'video');
        return {
          at: video.timestamp,
          frozen: video.totalFreezesDuration ?? 0,
          freezes: video.freezeCount ?? 0,
          frames: video.framesDecoded,
          height: video.frameHeight,
          lost: video.packetsLost,
          received: video.packetsReceived,
          repaired: video.retransmittedPacketsReceived ?? 0,
          nacks: video.nackCount,
          plis: video.pliCount,
        };
      }
      """;

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 10, 20})
  void freezesLittleBehindALossyPath(int percent) throws Exception {
    try (LossyRelay relay = new LossyRelay(RELAY_PORT, server.mediaPort())) {
      String stream = "loss-" + percent;
      chromium.console(server).publishCanvas(stream, "VP8", false);
      relay.lose(percent / 100.0, ONE_WAY_MILLIS);
      List<Double> shares = new ArrayList<>();
      for (int run = 1; run <= RUNS; run++) {
        ConsolePage viewer = chromium.console(server);
        viewer.page().evaluate(WATCH, server.whep(stream).toString());
        viewer.page().waitForTimeout(2_000);
        Map<?, ?> before = statistics(viewer);
        viewer.page().waitForTimeout(SECONDS * 1_000.0);
        Map<?, ?> after = statistics(viewer);
        double seconds = change(before, after, "at") / 1_000;
        double share = change(before, after, "frozen") / seconds;
        shares.add(share);
        System.out.printf(
            "%d %% loss, run %d: frozen %.2f %% of %.0f s (%.0f freezes), %.1f frames a second,"
                + " %.0f packets, %.0f lost, %.0f repaired, %.0f NACKs, %.0f PLIs; the relay lost"
                + " %.1f %%%n",
            percent,
            run,
            100 * share,
            seconds,
            change(before, after, "freezes"),
            change(before, after, "frames") / seconds,
            change(before, after, "received"),
            change(before, after, "lost"),
            change(before, after, "repaired"),
            change(before, after, "nacks"),
            change(before, after, "plis"),
            100 * relay.lostShare());
        viewer.page().close();
      }
      assertThat(shares).hasSize(RUNS);
      assertThat(shares.stream().sorted().toList().get(RUNS / 2))
          .as("median share of the time that is frozen, at %s %% loss", percent)
          .isLessThan(percent <= 5 ? 0.01 : percent == 10 ? 0.03 : 0.10);
    }
  }

  @Test
  void showsALateViewerTheFirstFrameOfABrowserSoon() throws Exception {
    try (var _ = new LossyRelay(RELAY_PORT, server.mediaPort())) {
      chromium.console(server).publishCanvas("late", "VP8", false);
      firstFrames("a browser publishes", "late");
    }
  }

  @Test
  void showsALateViewerTheFirstFrameOfAnEncoderThatIgnoresRequestsSoon() throws Exception {
    try (var _ = new LossyRelay(RELAY_PORT, server.mediaPort());
        var publisher =
            new DemoPublisher(server.whip("stubborn"), null, new Silent(), false)) {
      publisher.start();
      ConsolePage first = chromium.console(server);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> first.watch("stubborn"));
      firstFrames("requests for keyframes are ignored", "stubborn");
    }
  }

  private static final class Silent implements DemoPublisher.Observer {
    @Override
    public void onPublishing(URI session) {}

    @Override
    public void onInterrupted(String reason) {}
  }

  private static void firstFrames(String what, String stream) {
    List<Long> sinceConnected = new ArrayList<>();
    List<Long> total = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ConsolePage viewer = chromium.console(server);
      viewer.page().waitForTimeout(200 + 170 * i);
      var times = (Map<?, ?>) viewer.page().evaluate(WATCH, server.whep(stream).toString());
      sinceConnected.add(Math.round(number(times, "sinceConnected")));
      total.add(Math.round(number(times, "total")));
      viewer.page().close();
    }
    sinceConnected.sort(null);
    total.sort(null);
    System.out.printf(
        "first frame shown, %s: after connected, ms: median %d, all %s; after the click, ms: median"
            + " %d, all %s%n",
        what, sinceConnected.get(5), sinceConnected, total.get(5), total);
    assertThat(total.get(5)).isLessThan(2_000);
  }

  private static Map<?, ?> statistics(ConsolePage viewer) {
    return (Map<?, ?>) viewer.page().evaluate(STATISTICS);
  }

  private static double change(Map<?, ?> before, Map<?, ?> after, String name) {
    return number(after, name) - number(before, name);
  }

  private static double number(Map<?, ?> from, String name) {
    return ((Number) java.util.Objects.requireNonNull(from.get(name))).doubleValue();
  }
}
