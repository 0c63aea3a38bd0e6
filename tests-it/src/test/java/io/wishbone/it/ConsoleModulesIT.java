package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
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
    ClassPathModules.serve(page, "console-tests");

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
}
