package io.wishbone.it.interop;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.wishbone.it.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Debian's Firefox, headless, driven by its own WebDriver BiDi: no driver in between.
final class Firefox implements BeforeAllCallback, AfterAllCallback {
  /// Plays and captures without asking; finds its way through the network as it does for everybody.
  private static final String PREFERENCES =
      """
      user_pref("media.navigator.permission.disabled", true);
      user_pref("media.navigator.streams.fake", true);
      user_pref("media.autoplay.default", 0);
      user_pref("media.autoplay.blocking_policy", 0);
      user_pref("media.suspend-background-video.enabled", false);
      user_pref("dom.min_background_timeout_value", 4);
      user_pref("dom.timeout.enable_budget_timer_throttling", false);
      user_pref("remote.active-protocols", 1);
      user_pref("app.update.enabled", false);
      user_pref("browser.shell.checkDefaultBrowser", false);
      user_pref("datareporting.policy.dataSubmissionEnabled", false);
      """;

  private static final Duration START = Duration.ofSeconds(60);

  private @Nullable Process process;
  private @Nullable BidiConnection connection;
  private @Nullable HttpClient http;
  private String version = "";

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Path profile = Files.createTempDirectory("firefox");
    Files.writeString(profile.resolve("user.js"), PREFERENCES);
    Path output = profile.resolve("output.txt");
    int port = FreePorts.tcp();
    process =
        new ProcessBuilder(
                List.of(
                    "firefox-esr",
                    "--headless",
                    "--no-remote",
                    "--profile",
                    profile.toString(),
                    "--remote-debugging-port=" + port))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    await().atMost(START).until(() -> read(output).contains("WebDriver BiDi listening"));
    http = HttpClient.newHttpClient();
    connection = BidiConnection.open(http, URI.create("ws://127.0.0.1:" + port + "/session"));
    var session = new JsonObject();
    session.add("capabilities", new JsonObject());
    version =
        connection
            .ask("session.new", session)
            .getAsJsonObject("capabilities")
            .get("browserVersion")
            .getAsString();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  String version() {
    return version;
  }

  /// Opens a page in a window of its own.
  ProgramPage open(URI url) {
    BidiConnection browser = connection();
    var creation = new JsonObject();
    creation.addProperty("type", "window");
    String window = browser.ask("browsingContext.create", creation).get("context").getAsString();
    var navigation = new JsonObject();
    navigation.addProperty("context", window);
    navigation.addProperty("url", url.toString());
    navigation.addProperty("wait", "complete");
    browser.ask("browsingContext.navigate", navigation);
    return new ProgramPage(expression -> evaluate(browser, window, expression));
  }

  private static String evaluate(BidiConnection browser, String window, String expression) {
    var target = new JsonObject();
    target.addProperty("context", window);
    var evaluation = new JsonObject();
    evaluation.addProperty(
        "expression", "(async () => JSON.stringify(await (" + expression + ")))()");
    evaluation.add("target", target);
    evaluation.addProperty("awaitPromise", true);
    evaluation.addProperty("userActivation", true);
    JsonObject answer = browser.ask("script.evaluate", evaluation);
    if (!answer.get("type").getAsString().equals("success")) {
      throw new AssertionError(
          answer.getAsJsonObject("exceptionDetails").get("text").getAsString());
    }
    return answer.getAsJsonObject("result").get("value").getAsString();
  }

  private BidiConnection connection() {
    if (connection == null) {
      throw new IllegalStateException("not started");
    }
    return connection;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (http != null) {
      http.shutdownNow();
    }
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
