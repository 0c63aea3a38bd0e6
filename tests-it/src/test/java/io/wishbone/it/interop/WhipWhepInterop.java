package io.wishbone.it.interop;

import static io.wishbone.it.interop.Ability.PUBLISH;
import static io.wishbone.it.interop.Ability.RESTART;
import static io.wishbone.it.interop.Ability.TRICKLE;
import static io.wishbone.it.interop.Ability.WATCH;
import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.it.Chromium;
import io.wishbone.it.RunningServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The npm package `whip-whep` in Chromium. Its viewer forgets the entity-tag of the 201, so that
/// it trickles without `If-Match` and is refused (RFC 9725 section 4.3.1); it connects all the
/// same, since its checks tell where it is.
class WhipWhepInterop {
  @Order(1)
  @RegisterExtension
  static final ClientRow row = ClientRow.of("whip-whep in Chromium").from(Source.NPM);

  @RegisterExtension static final Chromium chromium = new Chromium();
  @RegisterExtension static final PageServer pages = new PageServer();

  /// With one candidate: of an answer to a restart, this client understands no more.
  @RegisterExtension
  static final RunningServer server =
      RunningServer.with(
          Tokens.ENVIRONMENT,
          Stream.concat(Stream.of(Tokens.OPTIONS), Stream.of("--advertise", "127.0.0.1"))
              .toArray(String[]::new));

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  @Test
  @Shows({PUBLISH, WATCH, TRICKLE, RESTART})
  void publishesAndWatchesAndRestarts() {
    row.version(NpmPackage.version("whip-whep"));
    row.note(
        "its viewer trickles without If-Match: 428, and connects all the same; of an answer to a"
            + " restart it takes one candidate only");
    row.condition(RESTART, "with one address");
    ProgramPage publisher = ProgramPage.in(chromium.open(pages.page()));
    ProgramPage viewer = ProgramPage.in(chromium.open(pages.page()));

    publisher.start("whip-whep-publisher", server.whip("npm"), Tokens.forStream("npm"));
    viewer.start("whip-whep-viewer", server.whep("npm"), Tokens.forStream("npm"));
    viewer.awaitMedia();
    assertThat(publisher.awaitExchanges("PATCH")).extracting(Exchange::status).containsOnly(204);
    assertThat(viewer.awaitExchanges("PATCH"))
        .allMatch(patch -> patch.ifMatch() == null && patch.status() == 428);

    publisher.restart();
    viewer.restart();
    assertThat(publisher.exchanges("PATCH")).anyMatch(WhipWhepInterop::isRestart);
    assertThat(viewer.exchanges("PATCH")).anyMatch(WhipWhepInterop::isRestart);
    viewer.awaitPictures();

    publisher.stopsWell();
    viewer.stopsWell();
    assertThat(publisher.complaints()).isEmpty();
  }

  private static boolean isRestart(Exchange patch) {
    return "*".equals(patch.ifMatch()) && patch.status() == 200 && patch.etag() != null;
  }
}
