package io.wishbone.it;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Modules of tests for a page, beside those that its server has.
final class ClassPathModules {
  private ClassPathModules() {}

  /// Answers the page's requests for what lies in this folder of the class path.
  static void serve(Page page, String folder) {
    page.route("**/" + folder + "/**", ClassPathModules::fulfil);
  }

  private static void fulfil(Route route) {
    String path = URI.create(route.request().url()).getPath();
    try (InputStream in = ClassPathModules.class.getResourceAsStream(path)) {
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
