package io.wishbone.it;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/// The machine's own Chromium, headless, with a synthetic camera and microphone, for the tests of a
/// class. Without one the class is skipped with one line, except where `CI=true`: there it fails.
public final class Chromium implements BeforeAllCallback, AfterAllCallback {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-renderer-backgrounding",
          "--disable-background-timer-throttling",
          "--disable-backgrounding-occluded-windows",
          "--autoplay-policy=no-user-gesture-required",
          "--use-fake-device-for-media-stream",
          "--use-fake-ui-for-media-stream",
          "--allow-loopback-in-peer-connection",
          "--disable-features=WebRtcHideLocalIpsWithMdns");

  private @Nullable Playwright playwright;
  private @Nullable Browser browser;
  private final List<BrowserContext> contexts = new ArrayList<>();
  private final List<String> flags = new ArrayList<>(FLAGS);

  /// @param more flags beside the usual ones
  public Chromium(String... more) {
    flags.addAll(List.of(more));
  }

  /// The program, if there is one on the PATH.
  static Optional<Path> program() {
    String path = System.getenv().getOrDefault("PATH", "");
    return NAMES.stream()
        .flatMap(name -> Stream.of(path.split(":")).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// The program; ends the class where there is none.
  static Path required() {
    Optional<Path> program = program();
    if (program.isPresent()) {
      return program.get();
    }
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError("no Chromium on the PATH, and CI=true needs it");
    }
    throw new TestAbortedException(SkipLine.text());
  }

  /// Printed once, however many classes want a browser.
  private static final class SkipLine {
    private static final String TEXT = "no Chromium on the PATH: browser tests are skipped";

    static {
      System.out.println(TEXT);
    }

    static String text() {
      return TEXT;
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Path program = required();
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(program).setArgs(flags));
  }

  Playwright playwright() {
    if (playwright == null) {
      throw new IllegalStateException("not started");
    }
    return playwright;
  }

  /// The console of a server in a window of its own.
  public ConsolePage console(RunningServer server) {
    return console(server, "");
  }

  /// Any page, in a window of its own.
  public Page open(URI url) {
    Page page = window();
    page.navigate(url.toString());
    return page;
  }

  /// @param query such as `?watch=demo`
  ConsolePage console(RunningServer server, String query) {
    return ConsolePage.open(window(), server.console().resolve("/" + query));
  }

  /// The console at this address, in a window that sends these headers with each request, and keeps
  /// the answers that it gets as [ConsolePage#answer].
  public ConsolePage console(URI console, Map<String, String> headers) {
    Page page = window();
    page.context().setExtraHTTPHeaders(headers);
    page.addInitScript(
        """
        const set = RTCPeerConnection.prototype.setRemoteDescription;
        RTCPeerConnection.prototype.setRemoteDescription = function (description) {
          globalThis.latestAnswer = description.sdp;
          return set.call(this, description);
        };
        """);
    return ConsolePage.open(page, console);
  }

  /// In each window, `globalThis.connections` has its peer connections, in the order in which they
  /// were made, and when each of them first was connected as `connectedAt`.
  private Page window() {
    BrowserContext context = browser().newContext();
    contexts.add(context);
    context.addInitScript(
        """
        globalThis.connections = [];
        globalThis.RTCPeerConnection = class extends RTCPeerConnection {
          constructor(...all) {
            super(...all);
            globalThis.connections.push(this);
            this.addEventListener('connectionstatechange', () => {
              if (this.connectionState === 'connected') this.connectedAt ??= performance.now();
            });
          }
        };
        """);
    return context.newPage();
  }

  /// Its own version, such as `156.0.8078.79`.
  public String version() {
    return browser().version();
  }

  private Browser browser() {
    if (browser == null) {
      throw new IllegalStateException("not started");
    }
    return browser;
  }

  /// Closes all windows of the test that ends.
  public void closeWindows() {
    contexts.forEach(BrowserContext::close);
    contexts.clear();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (playwright != null) {
      playwright.close();
    }
  }
}
