package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The operators' page in a browser, by the handles that `operators.html` promises to keep.
class OperatorsPageIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  @RegisterExtension static final Chromium chromium = new Chromium();
  @RegisterExtension static final RunningServer server = RunningServer.with("--demo", "true");

  private final List<String> complaints = new ArrayList<>();
  private final List<String> questions = new ArrayList<>();
  private Page page;

  @BeforeEach
  void open() {
    page = chromium.open(server.console().resolve("operators.html"));
    page.onPageError(complaints::add);
    page.onDialog(dialog -> {
      questions.add(dialog.message());
      dialog.accept();
    });
    page.waitForSelector("body[data-ready=true]");
  }

  @AfterEach
  void close() {
    chromium.closeWindows();
  }

  private String text(String selector) {
    return page.locator(selector).first().innerText();
  }

  /// Of the first row that is meant.
  private List<String> cells(String row) {
    return page.locator(row).first().locator("td").allInnerTexts();
  }

  private boolean isShown(String selector) {
    return page.locator(selector).count() > 0;
  }

  private void screenshot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve(name + ".png")));
  }

  @Test
  void showsWhatThereIsAndEndsIt() {
    page.waitForSelector("#streams tr[data-stream=demo]");
    page.waitForSelector("#nodes tr[data-node=standalone]");
    await().atMost(PATIENCE).until(() -> text("#streams tr[data-stream=demo]").contains("bit/s"));
    assertThat(text("#operators-status")).isEqualTo("Up to date");
    page.waitForSelector("#sessions tr[data-state=open]");
    screenshot("operators");
    String first =
        page.locator("#sessions tr[data-state=open]").first().getAttribute("data-session");

    page.click("#sessions tr[data-state=open] button[data-action=end]");

    page.waitForSelector("#sessions tr[data-session='" + first + "'][data-state=ended]");
    // The demo publishes again by itself.
    await()
        .atMost(PATIENCE)
        .until(() -> isShown("#sessions tr[data-state=open]:not([data-session='" + first + "'])"));
    assertThat(complaints).isEmpty();
  }

  @Test
  void showsHowASessionFares() {
    String row = "#sessions tr[data-state=open][data-verdict=ok]";
    page.waitForSelector(row);
    await().atMost(PATIENCE).until(() -> text(row + " [data-curve=bitrate]").contains("bit/s"));
    await()
        .atMost(PATIENCE)
        .until(() ->
            page.locator(row + " [data-curve=bitrate] polyline")
                    .first()
                    .getAttribute("points")
                    .split(" ")
                    .length
                > 2);
    assertThat(text(row)).contains("fine");
    assertThat(text(row + " [data-curve=loss]")).isEqualTo("0 %");
    screenshot("operators-sessions");
    assertThat(complaints).isEmpty();
  }

  @Test
  void drainsANodeAndLetsItTakeSessionsAgain() {
    List<String> asked = new ArrayList<>();
    page.onRequest(request -> {
      if (request.url().contains("/drain")) {
        asked.add(request.method() + request.url().replaceAll(".*/nodes", " nodes"));
      }
    });
    String node = "#nodes tr[data-node=standalone]";
    ConsolePage viewer = chromium.console(server);
    viewer.watch("demo");
    page.bringToFront();
    await().atMost(PATIENCE).until(() -> cells(node).subList(2, 4).equals(List.of("1", "1")));
    assertThat(page.inputValue("#drain-within")).isEqualTo("60");
    page.selectOption("#drain-within", "3600");
    page.click(node + " button[data-action=drain]");
    page.waitForSelector(node + " button[data-action=undrain]");
    assertThat(questions)
        .containsExactly(
            "Let standalone take no new sessions? It ends when none is left, and after an hour with"
                + " what is left.");
    assertThat(asked).containsExactly("POST nodes/standalone/drain?within=3600");
    assertThat(text(node)).contains("draining");

    // Who is there stays: there is no other node to go to.
    int shown = viewer.frames();
    await().atMost(PATIENCE).until(() -> viewer.frames() > shown + 60);
    assertThat(cells(node).subList(2, 4)).containsExactly("1", "1");
    assertThat(page.locator("#sessions tr[data-state=open]").count()).isEqualTo(2);
    screenshot("operators-drain");

    page.click(node + " button[data-action=undrain]");
    page.waitForSelector(node + " button[data-action=drain]");
    assertThat(complaints).isEmpty();
  }

  @Test
  void revokesAndGivesBack() {
    page.selectOption("#revoke-kind", "stream");
    page.fill("#revoke-value", "forbidden");
    page.click("#revoke-start");
    page.waitForSelector("#revocations tr[data-revocation]");
    assertThat(text("#revocations tbody")).contains("stream", "forbidden");
    page.click("#revocations button[data-action=give-back]");
    await().atMost(PATIENCE).until(() -> !isShown("#revocations tr[data-revocation]"));
    assertThat(complaints).isEmpty();
  }
}
