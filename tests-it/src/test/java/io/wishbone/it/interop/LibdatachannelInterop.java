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

/// libdatachannel, the WebRTC stack of OBS Studio, by the npm package `node-datachannel`, used as
/// OBS uses it: H.264 and Opus, no candidate in the offer and none later, no MID on packets, the
/// peer closed before its DELETE.
class LibdatachannelInterop {
  private static final String PROGRAM = "libdatachannel.mjs";

  @Order(1)
  @RegisterExtension
  static final ClientRow row = ClientRow.of("libdatachannel").from(Source.NPM);

  @RegisterExtension static final Chromium chromium = new Chromium();

  @RegisterExtension static final RunningServer server = RunningServer.with("--demo");

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  @Test
  @Shows(PUBLISH)
  void publishes() {
    try (var client = ClientProgram.node(PROGRAM, "publish", server.whip("libdatachannel"))) {
      row.version(client.version());
      client.awaitState("connected");

      Audience.seesAndHears(chromium.console(server), "libdatachannel");

      assertThat(client.stop()).isEqualTo(200);
    }
  }

  @Test
  @Shows(WATCH)
  void watches() {
    try (var client = ClientProgram.node(PROGRAM, "watch", server.whep("demo"))) {
      client.awaitState("connected");

      client.awaitMore("video", 50);
      client.awaitMore("audio", 40);

      assertThat(client.stop()).isEqualTo(200);
    }
  }
}
