package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.options.SelectOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The extensions of WHEP in a browser: events by EventSource, and the choice of a quality.
class LayersAndEventsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @RegisterExtension static final Chromium chromium = new Chromium();
  @RegisterExtension static final RunningServer server = RunningServer.with();

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  private static int number(ConsolePage page, String expression) {
    return ((Number) page.page().evaluate(expression)).intValue();
  }

  private static int pictureWidth(ConsolePage viewer) {
    return number(viewer, "() => document.getElementById('watch-video').videoWidth");
  }

  @Test
  void aViewerChoosesTheSmallPicture() {
    ConsolePage publisher = chromium.console(server);
    ConsolePage viewer = chromium.console(server);
    publisher.publishCanvas("choice", "VP8", true);
    viewer.watch("choice");

    viewer.page().waitForSelector("#watch-quality-field:not([hidden])");
    await()
        .atMost(PATIENCE)
        .until(() -> number(viewer, "() => document.getElementById('watch-quality').length") == 4);
    await().atMost(PATIENCE).until(() -> pictureWidth(viewer) > 400);
    int large = pictureWidth(viewer);

    viewer.page().selectOption("#watch-quality", new SelectOption().setValue("l"));
    // Half at most: a busy machine may have sent the middle one as the best.
    await().atMost(PATIENCE).until(() -> pictureWidth(viewer) * 3 < large * 2);
    int frames = viewer.frames();
    await().atMost(PATIENCE).until(() -> viewer.frames() > frames + 20);
    viewer.screenshot("watch-quality");

    viewer.page().selectOption("#watch-quality", new SelectOption().setValue(""));
    await().atMost(PATIENCE).until(() -> pictureWidth(viewer) > 400);
    assertThat(viewer.complaints()).isEmpty();
  }

  @Test
  @SuppressWarnings("unchecked")
  void aPageHearsOfPublisherViewersAndLayers() {
    ConsolePage publisher = chromium.console(server);
    ConsolePage viewer = chromium.console(server);
    publisher.publishCanvas("events", "VP8", true);
    viewer
        .page()
        .evaluate(
            """
            async () => {
              const { WhepClient } = await import('/js/whep-client.js');
              const client = new WhepClient({ endpoint: '/whep/endpoint/events' });
              globalThis.media = await client.play();
              globalThis.heard = [];
              const events = await client.events(['active', 'inactive', 'layers', 'viewercount']);
              for (const name of ['active', 'inactive', 'layers', 'viewercount']) {
                events.addEventListener(name, ({ data }) => globalThis.heard.push([name, JSON.parse(data)]));
              }
            }
            """);

    await()
        .atMost(PATIENCE)
        .until(() ->
            (Boolean)
                viewer
                    .page()
                    .evaluate(
                        """
                        () => {
                          const last = (name) => globalThis.heard.findLast(([each]) => each === name)?.[1];
                          const layers = Object.values(last('layers') ?? {}).flat();
                          return last('viewercount')?.viewercount === 1 && layers.length === 3
                            && layers.every(({ rid, bitrate, width }) => rid && bitrate > 0 && width > 0);
                        }
                        """));
    ConsolePage second = chromium.console(server);
    second.watch("events");
    await()
        .atMost(PATIENCE)
        .until(() ->
            number(
                    viewer,
                    "() => globalThis.heard.findLast(([name]) => name === 'viewercount')[1].viewercount")
                == 2);
    assertThat(publisher.stopPublishing()).isEqualTo(200);
    second.awaitState("#watch-status", Set.of("waiting"));
    await()
        .atMost(PATIENCE)
        .until(() ->
            ((List<Object>) viewer.page().evaluate("() => globalThis.heard.map(([name]) => name)"))
                .contains("inactive"));
    assertThat(
            (List<Object>)
                viewer
                    .page()
                    .evaluate(
                        "() => globalThis.heard.map(([name]) => name).filter((it) => it.endsWith('active'))"))
        .containsExactly("active", "inactive");

    publisher.publishCanvas("events", "VP8", true);
    second.awaitState("#watch-status", Set.of("live"));
    int frames = second.frames();
    await().atMost(PATIENCE).until(() -> second.frames() > frames + 20);
    assertThat(viewer.complaints()).isEmpty();
  }

  @Test
  void aBrowserTakesACounterOffer() {
    ConsolePage publisher = chromium.console(server);
    ConsolePage viewer = chromium.console(server);
    publisher.publishCanvas("other-codec", "VP8", false);

    viewer
        .page()
        .evaluate(
            """
            async () => {
              const post = (sdp) => fetch('/whep/endpoint/other-codec', {
                method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: sdp,
              });
              const first = new RTCPeerConnection();
              const video = first.addTransceiver('video', { direction: 'recvonly' });
              video.setCodecPreferences(RTCRtpReceiver.getCapabilities('video').codecs
                .filter(({ mimeType }) => mimeType === 'video/H264'));
              const refused = await post((await first.createOffer()).sdp);
              globalThis.offerStatus = refused.status;
              globalThis.offerType = refused.headers.get('Content-Type');
              const second = new RTCPeerConnection();
              second.addEventListener('track', ({ track }) => {
                const element = document.getElementById('watch-video');
                element.srcObject = new MediaStream([track]);
                element.muted = true;
                element.play();
              });
              await second.setRemoteDescription({ type: 'offer', sdp: await refused.text() });
              await second.setLocalDescription(await second.createAnswer());
              const answered = await fetch(refused.headers.get('Location'), {
                method: 'PATCH', headers: { 'Content-Type': 'application/sdp' }, body: second.localDescription.sdp,
              });
              globalThis.answered = answered.status;
              globalThis.second = second;
            }
            """);

    assertThat(number(viewer, "() => globalThis.offerStatus")).isEqualTo(406);
    assertThat(String.valueOf(viewer.page().evaluate("() => globalThis.offerType")))
        .contains("application/sdp", "valid-until=");
    assertThat(number(viewer, "() => globalThis.answered")).isEqualTo(204);
    await().atMost(PATIENCE).until(() -> viewer.frames() > 30);
  }
}
