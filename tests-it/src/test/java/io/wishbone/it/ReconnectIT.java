package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A viewer of the console whom the server asks by the event `reconnect` to open another session.
class ReconnectIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @RegisterExtension static final Chromium chromium = new Chromium();
  @RegisterExtension static final RunningServer server = RunningServer.with("--demo", "true");

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  /// Lets the page note which sessions it opens and ends.
  private static void noteRequests(ConsolePage viewer) {
    viewer
        .page()
        .evaluate(
            """
            () => {
              const send = globalThis.fetch;
              globalThis.asked = [];
              globalThis.fetch = (url, options = {}) => {
                const path = new URL(url, location).pathname;
                if (path.startsWith('/whep/endpoint/')) {
                  globalThis.asked.push(options.method);
                } else if (options.method === 'DELETE') {
                  globalThis.asked.push(`DELETE while there are ${globalThis.connections.length}`);
                }
                return send(url, options);
              };
            }
            """);
  }

  private static List<?> asked(ConsolePage viewer) {
    return (List<?>) viewer.page().evaluate("() => globalThis.asked");
  }

  private static boolean hasEnded(ConsolePage viewer, int connection) {
    return viewer
        .page()
        .evaluate("(each) => globalThis.connections[each]?.connectionState", connection)
        .equals("closed");
  }

  private static void awaitMore(ConsolePage viewer, int frames) {
    int before = viewer.frames();
    await().atMost(PATIENCE).until(() -> viewer.frames() >= before + frames);
  }

  @Test
  void goesOnWithAnotherCodecOfThePublisher() {
    ConsolePage publisher = chromium.console(server);
    ConsolePage viewer = chromium.console(server);
    noteRequests(viewer);
    publisher.publishCanvas("changing", "VP8", false);
    viewer.watch("changing");
    awaitMore(viewer, 20);

    publisher.stopPublishing();
    publisher.publishCanvas("changing", "VP9", false);

    await()
        .atMost(PATIENCE)
        .alias("another codec; the page says: " + viewer.says())
        .until(() -> viewer.shown("watch", "codec").equals("VP9"));
    await().atMost(PATIENCE).until(() -> hasEnded(viewer, 0));
    viewer.awaitState("#watch-status", Set.of("live"));
    awaitMore(viewer, 30);
    assertThat(viewer.pictureMovement()).isGreaterThan(0.5);
    // The server ends a session that has nothing to show any more.
    assertThat(asked(viewer)).asString().isEqualTo("[POST, POST]");
    assertThat(viewer.complaints()).isEmpty();
  }

  /// The server of the tests has but one node, and never asks without need: so the page is told by
  /// its own event source, with everything behind that as it is.
  @Test
  void showsTheOldSessionUntilTheNewOneHasAPicture() {
    ConsolePage viewer = chromium.console(server);
    noteRequests(viewer);
    viewer
        .page()
        .evaluate(
            """
            () => {
              const open = globalThis.EventSource;
              globalThis.EventSource = class extends open {
                constructor(...all) {
                  super(...all);
                  globalThis.source = this;
                }
              };
              globalThis.states = [];
              globalThis.longestGap = 0;
              const status = document.getElementById('watch-status');
              new MutationObserver(() => globalThis.states.push(status.dataset.state))
                .observe(status, { attributes: true, attributeFilter: ['data-state'] });
            }
            """);
    viewer.watch("demo");
    viewer.awaitState("#watch-status", Set.of("live"));
    viewer.page().waitForFunction("() => globalThis.source?.readyState === EventSource.OPEN");
    awaitMore(viewer, 20);
    viewer
        .page()
        .evaluate(
            """
            () => {
              const video = document.getElementById('watch-video');
              let last = performance.now();
              const look = () => video.requestVideoFrameCallback((now) => {
                globalThis.longestGap = Math.max(globalThis.longestGap, now - last);
                last = now;
                look();
              });
              look();
              globalThis.states.length = 0;
              globalThis.source.dispatchEvent(new MessageEvent('reconnect', { data: '{}' }));
            }
            """);

    await().atMost(PATIENCE).until(() -> asked(viewer).size() == 3);
    viewer.page().waitForFunction("() => globalThis.connections.length === 2");
    await().atMost(PATIENCE).until(() -> hasEnded(viewer, 0));
    awaitMore(viewer, 30);
    System.out.printf(
        "reconnect: the longest time between two pictures was %.0f ms%n",
        ((Number) viewer.page().evaluate("() => globalThis.longestGap")).doubleValue());
    assertThat(asked(viewer)).asString().isEqualTo("[POST, POST, DELETE while there are 2]");
    assertThat((List<?>) viewer.page().evaluate("() => globalThis.states"))
        .as("what the page said meanwhile")
        .allMatch("live"::equals);
    assertThat(viewer.pictureMovement()).isGreaterThan(0.5);
    assertThat(viewer.soundEnergy()).isGreaterThan(0.002);
    viewer.screenshot("watch-reconnected");
    assertThat(viewer.complaints()).isEmpty();

    viewer.stopWatching();
    await().atMost(PATIENCE).until(() -> hasEnded(viewer, 1));
  }
}
