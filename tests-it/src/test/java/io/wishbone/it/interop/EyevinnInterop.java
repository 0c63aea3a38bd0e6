package io.wishbone.it.interop;

import static io.wishbone.it.interop.Ability.PUBLISH;
import static io.wishbone.it.interop.Ability.TRICKLE;
import static io.wishbone.it.interop.Ability.WATCH;
import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.it.Chromium;
import io.wishbone.it.RunningServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The npm packages `@eyevinn/whip-web-client` and `@eyevinn/webrtc-player` in Chromium. The
/// publisher trickles when an answer to OPTIONS allows PATCH, and sends its tag in a header `ETag`.
class EyevinnInterop {
  @Order(1)
  @RegisterExtension
  static final ClientRow row =
      ClientRow.of("@eyevinn/whip-web-client, webrtc-player in Chromium").from(Source.NPM);

  @RegisterExtension static final Chromium chromium = new Chromium();
  @RegisterExtension static final PageServer pages = new PageServer();

  @RegisterExtension
  static final RunningServer server = RunningServer.with(Tokens.ENVIRONMENT, Tokens.OPTIONS);

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  @Test
  @Shows({PUBLISH, WATCH, TRICKLE})
  void publishesAndWatches() {
    row.version(
        NpmPackage.version("@eyevinn/whip-web-client")
            + ", "
            + NpmPackage.version("@eyevinn/webrtc-player"));
    ProgramPage publisher = ProgramPage.in(chromium.open(pages.page()));
    ProgramPage viewer = ProgramPage.in(chromium.open(pages.page()));

    publisher.start("eyevinn-publisher", server.whip("eyevinn"), Tokens.forStream("eyevinn"));
    viewer.start("eyevinn-viewer", server.whep("eyevinn"), Tokens.forStream("eyevinn"));
    viewer.awaitMedia();

    assertThat(publisher.awaitExchanges("OPTIONS"))
        .extracting(Exchange::status)
        .containsExactly(200);
    assertThat(publisher.awaitExchanges("PATCH"))
        .allMatch(patch -> patch.ifMatch() == null && patch.status() == 204);
    publisher.stopsWell();
    viewer.stopsWell();
    assertThat(publisher.complaints()).isEmpty();
    assertThat(viewer.complaints()).isEmpty();
  }
}
