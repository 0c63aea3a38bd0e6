package io.wishbone.it;

import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The console in a browser, by the handles that its `index.html` promises to keep.
public final class ConsolePage {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final Page page;
  private final List<String> complaints = new ArrayList<>();

  private ConsolePage(Page page) {
    this.page = page;
  }

  static ConsolePage open(Page page, URI url) {
    ConsolePage console = new ConsolePage(page);
    page.onPageError(console.complaints::add);
    page.navigate(url.toString());
    page.waitForSelector("body[data-ready=true]");
    return console;
  }

  public Page page() {
    return page;
  }

  /// Uncaught errors in the page's scripts.
  public List<String> complaints() {
    return complaints;
  }

  /// Publishes the moving test picture with its tone, and waits until it is live.
  public void publishCanvas(String stream, String codec, boolean simulcast) {
    publish(stream, "canvas", codec, simulcast);
  }

  /// Publishes what the page calls by this name, and waits until it is live.
  void publish(String stream, String source, String codec, boolean simulcast) {
    page.fill("#publish-stream", stream);
    page.selectOption("#publish-source", source);
    page.selectOption("#publish-codec", codec);
    page.setChecked("#publish-simulcast", simulcast);
    page.click("#publish-start");
    awaitState("#publish-status", Set.of("live"));
  }

  /// Stops, and returns the status of the answer to the DELETE that the page sent.
  public int stopPublishing() {
    int status =
        page.waitForResponse(
                answer -> answer.request().method().equals("DELETE"),
                () -> page.click("#publish-stop"))
            .status();
    awaitState("#publish-status", Set.of("idle", "ended"));
    return status;
  }

  /// Starts to watch, and waits for the first picture.
  public void watch(String stream) {
    page.fill("#watch-stream", stream);
    page.click("#watch-start");
    awaitPicture();
  }

  void awaitPicture() {
    await().atMost(PATIENCE).alias("a picture; the page says: " + says()).until(() -> frames() > 0);
  }

  public void stopWatching() {
    page.click("#watch-stop");
    awaitState("#watch-status", Set.of("idle"));
  }

  void awaitState(String status, Set<String> states) {
    await()
        .atMost(PATIENCE)
        .alias(status + " to be " + states + "; the page says: " + says())
        .until(() -> states.contains(page.getAttribute(status, "data-state")));
  }

  /// Both status lines and diagnoses.
  String says() {
    return String.valueOf(
        page.evaluate(
            """
            () => ['publish-status', 'publish-diagnosis', 'watch-status', 'watch-diagnosis']
              .map((id) => document.getElementById(id))
              .map((it) => `${it.id}: ${it.dataset.state ?? it.dataset.code ?? ''} ${it.textContent.trim()}`)
              .join('; ')
            """));
  }

  /// The SDP answer to the latest session, where the window keeps it.
  public String answer() {
    return String.valueOf(page.evaluate("() => globalThis.latestAnswer"));
  }

  /// Pictures decoded by the watching video element so far.
  public int frames() {
    return ((Number)
            page.evaluate(
                "() => document.getElementById('watch-video').getVideoPlaybackQuality().totalVideoFrames"))
        .intValue();
  }

  /// What the live numbers show, as text; empty while it is not there.
  String shown(String panel, String name) {
    return String.valueOf(
        page.evaluate(
            "([panel, name]) =>"
                + " document.querySelector(`#${panel}-numbers [data-number=${name}]`)?.textContent ?? ''",
            List.of(panel, name)));
  }

  /// A number from the live numbers, or NaN while it is not there.
  double number(String panel, String name) {
    Object value =
        page.evaluate(
            "([panel, name]) => document.querySelector(`#${panel}-numbers [data-number=${name}]`)?.dataset.value ?? null",
            List.of(panel, name));
    return value == null || value.toString().isEmpty()
        ? Double.NaN
        : Double.parseDouble(value.toString());
  }

  /// How much of the picture changes within half a second: mean difference of grey levels, 0..255.
  public double pictureMovement() {
    return ((Number)
            page.evaluate(
                """
                async () => {
                  const video = document.getElementById('watch-video');
                  const canvas = new OffscreenCanvas(64, 36);
                  const grab = () => {
                    const g = canvas.getContext('2d', { willReadFrequently: true });
                    g.drawImage(video, 0, 0, 64, 36);
                    return g.getImageData(0, 0, 64, 36).data;
                  };
                  const before = grab();
                  await new Promise((done) => setTimeout(done, 500));
                  const after = grab();
                  let difference = 0;
                  for (let i = 0; i < before.length; i += 4) {
                    difference += Math.abs(before[i] - after[i]);
                  }
                  return difference / (before.length / 4);
                }
                """))
        .doubleValue();
  }

  /// Loudness of what the watching video element plays: root mean square over a second, 0..1.
  public double soundEnergy() {
    return soundEnergy("() => document.getElementById('watch-video').srcObject");
  }

  /// @param stream a function in the page that gives a MediaStream
  double soundEnergy(String stream) {
    return ((Number)
            page.evaluate(
                """
                async () => {
                  const audio = new AudioContext();
                  await audio.resume();
                  const analyser = audio.createAnalyser();
                  analyser.fftSize = 2048;
                  audio.createMediaStreamSource((%s)()).connect(analyser);
                  const samples = new Float32Array(analyser.fftSize);
                  let energy = 0;
                  for (let round = 0; round < 20; round++) {
                    await new Promise((done) => setTimeout(done, 50));
                    analyser.getFloatTimeDomainData(samples);
                    energy += samples.reduce((sum, it) => sum + it * it, 0) / samples.length;
                  }
                  await audio.close();
                  return Math.sqrt(energy / 20);
                }
                """
                    .formatted(stream)))
        .doubleValue();
  }

  void screenshot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
  }
}
