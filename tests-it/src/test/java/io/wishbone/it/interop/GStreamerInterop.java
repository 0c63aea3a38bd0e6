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

/// GStreamer's `webrtcbin`, as Debian packages it, with WHIP and WHEP by hand. It gathers all
/// candidates before its POST, and never from the loopback interface: the server receives media on
/// others as well.
class GStreamerInterop {
  private static final String PROGRAM = "gstreamer.py";

  @Order(1)
  @RegisterExtension
  static final ClientRow row = ClientRow.of("GStreamer webrtcbin").from(Source.GSTREAMER);

  @RegisterExtension static final Chromium chromium = new Chromium();

  @RegisterExtension static final RunningServer server = RunningServer.with("--demo");

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  @Test
  @Shows(PUBLISH)
  void publishes() {
    try (var client = ClientProgram.python(PROGRAM, "publish", server.whip("gstreamer"))) {
      row.version(client.version());
      row.note("Debian has no whipclientsink and whepclientsrc (gst-plugins-rs): not run");
      client.awaitState("connected");

      Audience.seesAndHears(chromium.console(server), "gstreamer");

      assertThat(client.stop()).isEqualTo(200);
    }
  }

  @Test
  @Shows(PUBLISH)
  void publishesH264() {
    try (var client =
        ClientProgram.python(PROGRAM, "publish-h264", server.whip("gstreamer-h264"))) {
      client.awaitState("connected");

      Audience.seesAndHears(chromium.console(server), "gstreamer-h264");

      assertThat(client.stop()).isEqualTo(200);
    }
  }

  @Test
  @Shows(WATCH)
  void watchesH264() {
    try (var publisher = ClientProgram.python(PROGRAM, "publish-h264", server.whip("h264"))) {
      publisher.awaitState("connected");
      try (var client = ClientProgram.python(PROGRAM, "watch-h264", server.whep("h264"))) {
        client.awaitState("connected");

        client.awaitMore("video", 20);
        client.awaitMore("audio", 40);

        assertThat(client.stop()).isEqualTo(200);
      }
    }
  }

  @Test
  @Shows(WATCH)
  void watches() {
    try (var client = ClientProgram.python(PROGRAM, "watch", server.whep("demo"))) {
      client.awaitState("connected");

      client.awaitMore("video", 20);
      client.awaitMore("audio", 40);

      assertThat(client.stop()).isEqualTo(200);
    }
  }
}
