package io.wishbone.it.quality;

import static org.awaitility.Awaitility.await;

import io.wishbone.it.Chromium;
import io.wishbone.it.ConsolePage;
import io.wishbone.it.RunningServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A page that publishes the moving test picture, 720 lines in VP8, and what its connection counts.
final class Publishing {
  private static final String STATISTICS =
      """
      async () => {
        const all = [...(await globalThis.connections.at(-1).getStats()).values()];
        const pair = all.find((it) => it.type === 'candidate-pair' && it.nominated);
        const videos = all.filter((it) => it.type === 'outbound-rtp' && it.kind === 'video');
        const height = (video) => video.frameHeight ?? 0;
        videos.sort((a, b) => height(a) - height(b));
        return {
          at: videos[0].timestamp,
          available: pair?.availableOutgoingBitrate ?? 0,
          target: videos.reduce((sum, it) => sum + (it.targetBitrate ?? 0), 0),
          bytes: videos.reduce((sum, it) => sum + it.bytesSent + it.headerBytesSent, 0),
          layers: videos.map((it) => ({
            rid: it.rid ?? '',
            height: height(it),
            active: it.active,
            bytes: it.bytesSent + it.headerBytesSent,
            frames: it.framesEncoded,
            limited: it.qualityLimitationReason,
          })),
        };
      }
      """;

  private static final double FULL_BITRATE = 1_500_000;

  private final ConsolePage console;

  private Publishing(ConsolePage console) {
    this.console = console;
  }

  /// Publishes, and waits until that is live.
  static Publishing of(Chromium chromium, RunningServer server, String stream, boolean simulcast) {
    ConsolePage console = chromium.console(server);
    console.publishCanvas(stream, "VP8", simulcast);
    return new Publishing(console);
  }

  /// Waits until the encoder has found out that it may send the whole picture: it begins with 300
  /// kbit/s.
  void awaitFullPicture() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> {
          Map<?, ?> now = statistics();
          Map<?, ?> top = layers(now).getLast();
          return Viewing.number(now, "target") >= FULL_BITRATE
              && Viewing.number(top, "height") == 720;
        });
  }

  Map<?, ?> statistics() {
    return (Map<?, ?>) console.page().evaluate(STATISTICS);
  }

  /// Of each encoding, the smallest picture first.
  static List<Map<?, ?>> layers(Map<?, ?> statistics) {
    return ((List<?>) statistics.get("layers"))
        .stream().<Map<?, ?>>map(it -> (Map<?, ?>) it).toList();
  }

  /// Prints what each encoding sends for a while.
  void printLayers(String what, double millis) {
    Map<?, ?> before = statistics();
    waitFor(millis);
    Map<?, ?> after = statistics();
    double seconds = Viewing.change(before, after, "at") / 1_000;
    var line = new StringBuilder();
    for (Map<?, ?> layer : layers(after)) {
      for (Map<?, ?> same : layers(before)) {
        if (same.get("rid").equals(layer.get("rid"))) {
          line.append(
              " %s: %.0f kbit/s, %.1f frames a second;"
                  .formatted(
                      layer.get("rid"),
                      Viewing.change(same, layer, "bytes") * 8 / 1_000 / seconds,
                      Viewing.change(same, layer, "frames") / seconds));
        }
      }
    }
    System.out.printf(
        "published %s:%s %.0f kbit/s in all%n",
        what, line, Viewing.change(before, after, "bytes") * 8 / 1_000 / seconds);
  }

  /// What it may send, and what keeps each encoding from being whole.
  String state() {
    Map<?, ?> now = statistics();
    var line = new StringBuilder();
    for (Map<?, ?> layer : layers(now)) {
      line.append(
          ", %s: %.0f lines%s, limited by %s"
              .formatted(
                  layer.get("rid"),
                  Viewing.number(layer, "height"),
                  Boolean.TRUE.equals(layer.get("active")) ? "" : " (off)",
                  layer.get("limited")));
    }
    return "%.0f kbit/s estimated, %.0f wanted%s"
        .formatted(
            Viewing.number(now, "available") / 1_000, Viewing.number(now, "target") / 1_000, line);
  }

  void waitFor(double millis) {
    console.page().waitForTimeout(millis);
  }
}
