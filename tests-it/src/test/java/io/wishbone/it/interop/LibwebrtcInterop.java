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
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// libwebrtc outside of a browser: the npm package `@roamhq/wrtc`.
class LibwebrtcInterop {
  private static final String PROGRAM = "libwebrtc.mjs";

  @Order(1)
  @RegisterExtension
  static final ClientRow row = ClientRow.of("libwebrtc (@roamhq/wrtc)").from(Source.NPM);

  @RegisterExtension static final Chromium chromium = new Chromium();
  @RegisterExtension static final RunningServer server = RunningServer.with("--demo");

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  @Test
  @Shows({PUBLISH, TRICKLE, RESTART})
  void publishesAndGoesOnAfterAnIceRestart() {
    try (var client = ClientProgram.node(PROGRAM, "publish", server.whip("libwebrtc"))) {
      row.version(client.version());
      assertThat(client.await("patched").number("status")).isEqualTo(204);
      ConsolePage viewer = chromium.console(server);
      Audience.seesAndHears(viewer, "libwebrtc");

      client.order("restart");
      assertThat(client.await("restarted").number("status")).isEqualTo(200);
      Audience.stillSees(viewer);

      assertThat(client.stop()).isEqualTo(200);
    }
  }

  @Test
  @Shows({WATCH, TRICKLE, RESTART})
  void watchesAndGoesOnAfterAnIceRestart() {
    try (var client = ClientProgram.node(PROGRAM, "watch", server.whep("demo"))) {
      assertThat(client.await("patched").number("status")).isEqualTo(204);
      client.awaitMore("frames", 20);
      client.awaitMore("loud", 20);

      client.order("restart");
      assertThat(client.await("restarted").number("status")).isEqualTo(200);
      client.awaitMore("frames", 20);

      assertThat(client.stop()).isEqualTo(200);
    }
  }
}
