package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The console's own modules, tested in the browser that they are for: `console-tests/*.js`.
class ConsoleModulesIT {
  @RegisterExtension static final Chromium chromium = new Chromium();
  @RegisterExtension static final RunningServer server = RunningServer.with();

  @AfterAll
  static void closeWindows() {
    chromium.closeWindows();
  }

  @TestFactory
  @SuppressWarnings("unchecked")
  Stream<DynamicTest> everyModuleDoesWhatItsTestsSay() {
    Page page = chromium.console(server).page();
    page.route("**/console-tests/**", ConsoleModulesIT::fromTheClassPath);

    var results =
        (List<Map<String, Object>>)
            page.evaluate("() => import('/console-tests/index.js').then((tests) => tests.run())");

    assertThat(results).isNotEmpty();
    return results.stream()
        .map(result ->
            DynamicTest.dynamicTest(
                String.valueOf(result.get("name")),
                () -> assertThat(result.get("failure")).isNull()));
  }

  private static void fromTheClassPath(Route route) {
    String path = URI.create(route.request().url()).getPath();
    try (InputStream in = ConsoleModulesIT.class.getResourceAsStream(path)) {
      if (in == null) {
        route.fulfill(new Route.FulfillOptions().setStatus(404));
        return;
      }
      route.fulfill(
          new Route.FulfillOptions()
              .setContentType("text/javascript")
              .setBody(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
