package io.wishbone.it.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.client.demo.DemoPublisher;
import io.wishbone.it.Chromium;
import io.wishbone.it.FreePorts;
import io.wishbone.it.RunningServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How soon a real browser that comes late shows its first frame, of a publisher that makes
/// keyframes when it is asked, and of one that makes them when it likes.
class FirstFrameQuality {
  private static final int VIEWERS = Integer.getInteger("quality.viewers", 15);

  /// From the call of `play()`; the median of all viewers.
  private static final double SOON_MILLIS = 300;

  private static final double SOON_WITHOUT_REQUESTS_MILLIS = 600;
  private static final int RELAY_PORT = FreePorts.udp(1);

  @RegisterExtension static final Chromium chromium = new Chromium();

  @RegisterExtension
  static final RunningServer server =
      RunningServer.with("--workers", "1", "--advertise", "127.0.0.1:" + RELAY_PORT);

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 20})
  void showsTheFirstFrameOfABrowserSoon(long delayMillis) throws Exception {
    String stream = "late-" + delayMillis;
    try (var relay = new Relay(RELAY_PORT, server.mediaPort(), 1)) {
      chromium.console(server).publishCanvas(stream, "VP8", false);
      firstFrames("a browser publishes", stream, relay, delayMillis, SOON_MILLIS);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 20})
  void showsTheFirstFrameOfASimulcastSoon(long delayMillis) throws Exception {
    String stream = "simulcast-" + delayMillis;
    try (var relay = new Relay(RELAY_PORT, server.mediaPort(), 1)) {
      Publishing.of(chromium, server, stream, true).awaitFullPicture();
      firstFrames(
          "a browser publishes a simulcast",
          stream,
          relay,
          delayMillis,
          SOON_WITHOUT_REQUESTS_MILLIS);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 20})
  void showsTheFirstFrameOfAnEncoderThatIgnoresRequestsSoon(long delayMillis) throws Exception {
    String stream = "stubborn-" + delayMillis;
    var live = new Live();
    try (var relay = new Relay(RELAY_PORT, server.mediaPort(), 1);
        var publisher = new DemoPublisher(server.whip(stream), null, live, false)) {
      publisher.start();
      assertThat(live.publishing.await(20, TimeUnit.SECONDS)).isTrue();
      firstFrames(
          "requests are ignored, a keyframe every 2 s",
          stream,
          relay,
          delayMillis,
          SOON_WITHOUT_REQUESTS_MILLIS);
    }
  }

  private static final class Live implements DemoPublisher.Observer {
    private final CountDownLatch publishing = new CountDownLatch(1);

    @Override
    public void onPublishing(URI session) {
      publishing.countDown();
    }

    @Override
    public void onInterrupted(String reason) {}
  }

  private static void firstFrames(
      String what, String stream, Relay relay, long delayMillis, double goalMillis) {
    List<Long> sinceConnected = new ArrayList<>();
    List<Long> total = new ArrayList<>();
    relay.open(Conditions.lossy(0, delayMillis), Conditions.lossy(0, delayMillis));
    for (int i = 0; i < VIEWERS; i++) {
      var page = chromium.console(server);
      // Every viewer comes at another moment of the two seconds between keyframes.
      page.page().waitForTimeout(500 + 2_000.0 * i / VIEWERS);
      Viewing viewing = Viewing.of(page, server.whep(stream));
      sinceConnected.add(viewing.connectedToFirstFrameMillis());
      total.add(viewing.firstFrameMillis());
      viewing.close();
    }
    sinceConnected.sort(null);
    total.sort(null);
    System.out.printf(
        "first frame shown, %s, %d ms each way: after the click, ms: median %d, all %s; after"
            + " connected: median %d, all %s%n",
        what,
        delayMillis,
        total.get(VIEWERS / 2),
        total,
        sinceConnected.get(VIEWERS / 2),
        sinceConnected);
    assertThat((double) total.get(VIEWERS / 2))
        .as("median milliseconds until the first frame")
        .isLessThanOrEqualTo(Goals.atMost(goalMillis));
  }
}
