package io.wishbone.it.interop;

import static io.wishbone.it.interop.Ability.PUBLISH;
import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.it.Chromium;
import io.wishbone.it.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// FFmpeg's WHIP muxer, which is in FFmpeg 8 and newer.
class FfmpegInterop {
  @Order(1)
  @RegisterExtension
  static final ClientRow row = ClientRow.of("FFmpeg").from(Source.FFMPEG);

  @RegisterExtension static final Chromium chromium = new Chromium();
  @RegisterExtension static final RunningServer server = RunningServer.with();

  @AfterEach
  void closeWindows() {
    chromium.closeWindows();
  }

  @Test
  @Shows(PUBLISH)
  void publishes() throws IOException, InterruptedException {
    row.version(ask("-version").split(" ")[2]);
    if (!ask("-muxers").contains(" whip ")) {
      throw row.notRun("this FFmpeg has no WHIP muxer, FFmpeg 8 has");
    }
    Process ffmpeg =
        new ProcessBuilder(
                ("ffmpeg -nostdin -re -f lavfi -i testsrc2=size=320x240:rate=30"
                        + " -f lavfi -i sine=frequency=440:sample_rate=48000"
                        + " -c:v libx264 -preset ultrafast -tune zerolatency -profile:v baseline"
                        + " -bf 0 -g 30 -pix_fmt yuv420p -c:a libopus -ar 48000 -ac 2 -f whip "
                        + server.whip("ffmpeg"))
                    .split(" "))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      Audience.seesAndHears(chromium.console(server), "ffmpeg");
      ffmpeg.destroy();
      assertThat(ffmpeg.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(server.log()).contains("PUBLISHER of stream ffmpeg ended: CLIENT_");
    } finally {
      ffmpeg.destroyForcibly();
    }
  }

  private static String ask(String question) throws IOException {
    Process ffmpeg =
        new ProcessBuilder("ffmpeg", "-hide_banner", question)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new String(ffmpeg.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
