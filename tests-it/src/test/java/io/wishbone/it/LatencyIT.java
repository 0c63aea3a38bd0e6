package io.wishbone.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// From the canvas of a publisher to the screen of a viewer, measured by one clock: a page
/// publishes a picture that carries the time of its drawing as black and white blocks, watches the
/// stream, and reads the time off each picture that it shows.
class LatencyIT {
  @RegisterExtension static final Chromium chromium = new Chromium();
  @RegisterExtension static final RunningServer server = RunningServer.with();

  private static final String MEASURE =
      """
      async () => {
        const { WhipClient } = await import('/js/whip-client.js');
        const { WhepClient } = await import('/js/whep-client.js');
        const BITS = 16;
        const BLOCK = 40;
        const drawn = document.createElement('canvas');
        drawn.width = BITS * BLOCK;
        drawn.height = 360;
        const g = drawn.getContext('2d');
        setInterval(() => {
          const time = Math.round(performance.now()) & 0xffff;
          g.fillStyle = `hsl(${time / 50 % 360} 60% 40%)`;
          g.fillRect(0, 0, drawn.width, drawn.height);
          for (let bit = 0; bit < BITS; bit++) {
            g.fillStyle = time >> bit & 1 ? 'white' : 'black';
            g.fillRect(bit * BLOCK, 0, BLOCK, BLOCK);
          }
        }, 15);
        await new WhipClient({ endpoint: '/whip/endpoint/latency' }).publish(drawn.captureStream(30));
        await new Promise((done) => setTimeout(done, 1000));
        const video = document.createElement('video');
        video.muted = true;
        video.playsInline = true;
        document.body.append(video);
        video.srcObject = await new WhepClient({ endpoint: '/whep/endpoint/latency' })
          .play({ audio: false });
        await video.play();

        const read = new OffscreenCanvas(BITS * BLOCK, 360).getContext('2d', { willReadFrequently: true });
        const samples = [];
        while (samples.length < 150) {
          await new Promise((shown) => video.requestVideoFrameCallback(shown));
          const now = performance.now();
          read.drawImage(video, 0, 0, BITS * BLOCK, 360);
          let time = 0;
          for (let bit = 0; bit < BITS; bit++) {
            const pixel = read.getImageData(bit * BLOCK + BLOCK / 2, BLOCK / 2, 1, 1).data;
            time |= (pixel[0] > 127 ? 1 : 0) << bit;
          }
          samples.push((Math.round(now) - time) & 0xffff);
        }
        return samples.slice(50).sort((a, b) => a - b);
      }
      """;

  @AfterAll
  static void closeWindows() {
    chromium.closeWindows();
  }

  @Test
  void bringsAPictureFromCanvasToScreen() {
    var samples =
        ((List<?>) chromium.console(server).page().evaluate(MEASURE))
            .stream().map(sample -> ((Number) sample).intValue()).toList();

    System.out.printf(
        "glass to glass over loopback, ms: median %d, 90th percentile %d, largest %d%n",
        samples.get(50), samples.get(90), samples.getLast());
    // A wrong reading is off by a power of two; no machine of a test is that slow.
    assertThat(samples.get(50)).isBetween(1, 2_000);
  }
}
