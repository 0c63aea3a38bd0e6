package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.options.SelectOption;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Publishes and watches in a browser, which speaks HTTP/2 with a server that has a certificate.
class HttpsBrowserIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @RegisterExtension static final Chromium chromium = new Chromium("--ignore-certificate-errors");

  @TempDir private Path directory = Path.of("");

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  @Test
  void publishesWatchesAndChoosesOverHttp2()
      throws IOException, InterruptedException, GeneralSecurityException {
    int port = FreePorts.tcp();
    Path certificate = directory.resolve("certificate.pem");
    Path key = directory.resolve("key.pem");
    TestCertificate.make(directory, "browser").write(certificate, key);
    try (RunningServer server =
        RunningServer.with(
                "--https-port",
                "" + port,
                "--tls-certificate",
                certificate.toString(),
                "--tls-key",
                key.toString())
            .started()) {
      URI url = URI.create("https://localhost:" + port + "/");
      ConsolePage publisher = chromium.console(url, Map.of());
      ConsolePage viewer = chromium.console(url, Map.of());
      publisher.publishCanvas("secure", "VP8", true);
      viewer.watch("secure");

      int before = viewer.frames();
      await().atMost(PATIENCE).until(() -> viewer.frames() >= before + 30);
      assertThat(viewer.soundEnergy()).isGreaterThan(0.002);
      // The choices come by server-sent events.
      await().atMost(PATIENCE).until(() -> choices(viewer) == 4);
      int status =
          viewer
              .page()
              .waitForResponse(
                  answer -> answer.url().endsWith("/layer"),
                  () ->
                      viewer
                          .page()
                          .selectOption("#watch-quality", new SelectOption().setValue("l")))
              .status();
      assertThat(status).isEqualTo(200);
      assertThat(publisher.stopPublishing()).isEqualTo(200);

      assertThat(protocols(publisher)).isNotEmpty().containsOnly("h2");
      assertThat(protocols(viewer)).isNotEmpty().containsOnly("h2");
      assertThat(publisher.complaints()).isEmpty();
      assertThat(viewer.complaints()).isEmpty();
      assertThat(server.log()).doesNotContain("ERROR");
    }
  }

  private static int choices(ConsolePage viewer) {
    return ((Number)
            viewer.page().evaluate("() => document.getElementById('watch-quality').length"))
        .intValue();
  }

  /// Those of the page itself and of all that it asked for and was answered, by their names in ALPN
  /// (RFC 7301).
  @SuppressWarnings("unchecked")
  private static List<Object> protocols(ConsolePage page) {
    return (List<Object>)
        page.page()
            .evaluate(
                """
                () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                  .filter(({ name, responseStatus }) => name.startsWith('https:') && responseStatus > 0)
                  .map(({ nextHopProtocol }) => nextHopProtocol)
                """);
  }
}
