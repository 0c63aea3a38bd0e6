package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A browser that sends layers within one stream, and one that chooses among them.
///
/// However busy the machine is, the viewer is compared with another one, which takes everything:
/// fewer frames and smaller ones than that one has in the same seconds.
class ScalableVideoIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// The lowest of three temporal layers has a quarter of all frames, the lower two have half.
  private static final double QUARTER = 0.4;

  private static final double HALF = 0.7;
  private static final double ALL = 0.8;

  @RegisterExtension static final Chromium chromium = new Chromium();
  @RegisterExtension static final RunningServer server = RunningServer.with();

  private Page viewers;

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  /// What two viewers have decoded.
  ///
  /// @param frames of the one that chooses
  /// @param height of its latest, in pixels
  /// @param allFrames of the one that takes everything
  /// @param fullHeight of its latest
  private record Decoded(int frames, int height, int allFrames, int fullHeight) {}

  private Page page() {
    Page page = chromium.console(server).page();
    ClassPathModules.serve(page, "layered-pages");
    return page;
  }

  private void publish(String stream, String codec, String scalabilityMode) {
    page()
        .evaluate(
            """
            async (wish) => {
              const { publishLayers } = await import('/layered-pages/publisher.js');
              globalThis.publisher = await publishLayers(...wish);
            }
            """,
            List.of(stream, codec, scalabilityMode));
    viewers = page();
    viewers.evaluate(
        """
        async (stream) => {
          const { LayeredViewer } = await import('/layered-pages/viewer.js');
          globalThis.choosing = new LayeredViewer(stream);
          globalThis.whole = new LayeredViewer(stream);
          await Promise.all([globalThis.choosing.play(), globalThis.whole.play()]);
        }
        """,
        stream);
  }

  private Decoded decoded() {
    var numbers =
        (List<?>)
            viewers.evaluate(
                """
                async () => {
                  const [one, other] = await Promise.all(
                    [globalThis.choosing.decoded(), globalThis.whole.decoded()]);
                  return [one.frames, one.height, other.frames, other.height];
                }
                """);
    int[] values = numbers.stream().mapToInt(each -> ((Number) each).intValue()).toArray();
    return new Decoded(values[0], values[1], values[2], values[3]);
  }

  private int choose(String json) {
    return ((Number)
            viewers.evaluate("(json) => globalThis.choosing.choose(JSON.parse(json))", json))
        .intValue();
  }

  private void awaitLayers(String... layers) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat((List<?>) viewers.evaluate("() => globalThis.choosing.layers"))
                .map(String::valueOf)
                .containsExactlyInAnyOrder(layers));
  }

  /// The frames that the viewer decodes for each one of the other's, over a good second of it.
  private double share() {
    Decoded before = decoded();
    Decoded[] after = {before};
    await()
        .atMost(PATIENCE)
        .until(() -> {
          after[0] = decoded();
          return after[0].allFrames() >= before.allFrames() + 24;
        });
    return (double) (after[0].frames() - before.frames())
        / (after[0].allFrames() - before.allFrames());
  }

  private void awaitShare(double least, double most) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(share()).isGreaterThan(least).isLessThan(most));
  }

  /// That the viewer's picture is this fraction of the other's, in height.
  private void awaitHeight(int fraction) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          Decoded now = decoded();
          assertThat(now.fullHeight()).isGreaterThan(500);
          assertThat(now.height() * fraction).isBetween(now.fullHeight() - 4, now.fullHeight() + 4);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"L3T3", "L3T3_KEY"})
  void aViewerOfVp9ChoosesSmallerPicturesAndFewerOfThem(String scalabilityMode) {
    long start = System.nanoTime();
    publish("svc-" + scalabilityMode, "VP9", scalabilityMode);
    awaitLayers("2/2", "2/1", "2/0", "1/2", "1/1", "1/0", "0/2", "0/1", "0/0");
    awaitHeight(1);

    assertThat(choose("{\"spatialLayerId\":1}")).isEqualTo(200);
    awaitHeight(2);
    assertThat(choose("{\"mediaId\":\"0\",\"spatialLayerId\":0}")).isEqualTo(200);
    awaitHeight(4);
    awaitShare(ALL, 1.3);
    assertThat(choose("{\"spatialLayerId\":0,\"temporalLayerId\":0}")).isEqualTo(200);
    awaitShare(0.1, QUARTER);
    awaitHeight(4);

    assertThat(choose("{}")).isEqualTo(200);
    awaitHeight(1);
    awaitShare(ALL, 1.3);

    assertThat(choose("{\"spatialLayerId\":3}")).isEqualTo(422);
    assertThat(choose("{\"rid\":\"h\"}")).isEqualTo(422);
    print(scalabilityMode, start);
  }

  @Test
  void aViewerOfVp8ChoosesFewerFrames() {
    long start = System.nanoTime();
    publish("temporal", "VP8", "L1T3");
    awaitLayers("0/2", "0/1", "0/0");
    awaitHeight(1);

    assertThat(choose("{\"temporalLayerId\":0}")).isEqualTo(200);
    awaitShare(0.1, QUARTER);
    assertThat(choose("{\"maxTemporalLayerId\":1}")).isEqualTo(200);
    awaitShare(QUARTER, HALF);
    assertThat(choose("{}")).isEqualTo(200);
    awaitShare(ALL, 1.3);
    awaitHeight(1);
    print("L1T3", start);
  }

  private static void print(String scalabilityMode, long start) {
    System.out.printf(
        "%s: what a viewer chooses is what it decodes, shown in %.1f s%n",
        scalabilityMode, (System.nanoTime() - start) / 1e9);
  }
}
