package io.wishbone.it.interop;

import static io.wishbone.it.interop.Ability.PUBLISH;
import static io.wishbone.it.interop.Ability.WATCH;
import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.it.Chromium;
import io.wishbone.it.RunningServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// aiortc, WebRTC in Python, as Debian packages it. It gathers all candidates before its POST.
class AiortcInterop {
  private static final String PROGRAM = "aiortc-client.py";

  @Order(1)
  @RegisterExtension
  static final ClientRow row = ClientRow.of("aiortc").from(Source.AIORTC);

  @RegisterExtension static final Chromium chromium = new Chromium();

  @RegisterExtension static final RunningServer server = RunningServer.with("--demo");

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  @Test
  @Shows(PUBLISH)
  void publishes() {
    try (var client = ClientProgram.python(PROGRAM, "publish", server.whip("aiortc"))) {
      row.version(client.version());
      client.awaitState("connected");

      Audience.seesAndHears(chromium.console(server), "aiortc");

      assertThat(client.stop()).isEqualTo(200);
    }
  }

  @Test
  @Shows(WATCH)
  void watches() {
    try (var client = ClientProgram.python(PROGRAM, "watch", server.whep("demo"))) {
      client.awaitState("connected");

      client.awaitMore("frames", 20);
      client.awaitMore("samples", 48000);

      assertThat(client.stop()).isEqualTo(200);
    }
  }
}
