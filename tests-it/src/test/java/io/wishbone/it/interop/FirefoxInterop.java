package io.wishbone.it.interop;

import static io.wishbone.it.interop.Ability.PUBLISH;
import static io.wishbone.it.interop.Ability.RESTART;
import static io.wishbone.it.interop.Ability.TRICKLE;
import static io.wishbone.it.interop.Ability.WATCH;
import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.it.Chromium;
import io.wishbone.it.ConsolePage;
import io.wishbone.it.RunningServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Debian's Firefox ESR, with the pages of [PlainPagesIT]. It pairs none of its addresses with one
/// of the loopback interface: the server receives media on others as well.
class FirefoxInterop {
  @Order(1)
  @RegisterExtension
  static final ClientRow row = ClientRow.of("Firefox ESR").from(Source.FIREFOX);

  @Order(2)
  @RegisterExtension
  static final Firefox firefox = new Firefox();

  @RegisterExtension static final Chromium chromium = new Chromium();
  @RegisterExtension static final PageServer pages = new PageServer();

  @RegisterExtension static final RunningServer server = RunningServer.with("--demo");

  @BeforeAll
  static void name() {
    row.version(firefox.version());
  }

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  @Test
  @Shows({PUBLISH, TRICKLE})
  void publishes() {
    ProgramPage publisher =
        firefox.open(pages.page()).start("trickling-publisher", server.whip("firefox"), null);

    Audience.seesAndHears(chromium.console(server), "firefox");

    assertThat(publisher.awaitExchanges("PATCH")).extracting(Exchange::status).containsOnly(204);
    publisher.stopsWell();
    assertThat(publisher.complaints()).isEmpty();
  }

  @Test
  @Shows(RESTART)
  void goesOnAfterAnIceRestart() {
    ProgramPage publisher =
        firefox.open(pages.page()).start("restarting-publisher", server.whip("restarted"), null);
    ConsolePage viewer = chromium.console(server);
    Audience.seesAndHears(viewer, "restarted");

    publisher.restart();

    assertThat(publisher.exchanges("PATCH"))
        .filteredOn(patch -> "*".equals(patch.ifMatch()))
        .extracting(Exchange::status)
        .containsExactly(200);
    Audience.stillSees(viewer);
    publisher.stopsWell();
    assertThat(publisher.complaints()).isEmpty();
  }

  @Test
  @Shows({WATCH, TRICKLE})
  void watches() {
    ProgramPage viewer =
        firefox.open(pages.page()).start("trickling-viewer", server.whep("demo"), null);

    viewer.awaitMedia();

    assertThat(viewer.awaitExchanges("PATCH")).extracting(Exchange::status).containsOnly(204);
    viewer.stopsWell();
    assertThat(viewer.complaints()).isEmpty();
  }
}
