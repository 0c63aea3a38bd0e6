package io.wishbone.it.quality;

import io.wishbone.it.ConsolePage;
import java.net.URI;
import java.util.Map;
import java.util.Objects;

/// A page that watches a stream with the project's own client, and what its connection counts.
public final class Viewing {
  private static final String WATCH =
      """
      async (endpoint) => {
        const { WhepClient } = await import('/js/whep-client.js');
        const began = performance.now();
        const client = new WhepClient({ endpoint });
        const video = document.createElement('video');
        video.muted = true;
        video.playsInline = true;
        document.body.append(video);
        video.srcObject = await client.play();
        const shown = new Promise((done) => video.requestVideoFrameCallback(done));
        video.play();
        await shown;
        const first = performance.now();
        const connected = globalThis.connections.at(-1).connectedAt;
        return { total: first - began, sinceConnected: first - connected };
      }
      """;

  private static final String STATISTICS =
      """
      async () => {
        const all = [...(await globalThis.connections.at(-1).getStats()).values()];
        const video = all.find((it) => it.type === 'inbound-rtp' && it.kind === 'video');
        return {
          at: video.timestamp,
          frozen: video.totalFreezesDuration ?? 0,
          freezes: video.freezeCount ?? 0,
          frames: video.framesDecoded,
          height: video.frameHeight,
          bytes: video.bytesReceived,
          lost: video.packetsLost,
          received: video.packetsReceived,
          repaired: video.retransmittedPacketsReceived ?? 0,
          nacks: video.nackCount,
          plis: video.pliCount,
          buffered: video.jitterBufferDelay ?? 0,
          emitted: video.jitterBufferEmittedCount ?? 0,
        };
      }
      """;

  private final ConsolePage console;
  private final Map<?, ?> firstFrame;

  private Viewing(ConsolePage console, Map<?, ?> firstFrame) {
    this.console = console;
    this.firstFrame = firstFrame;
  }

  /// Begins to watch, and waits for the first frame.
  public static Viewing of(ConsolePage console, URI endpoint) {
    return new Viewing(console, (Map<?, ?>) console.page().evaluate(WATCH, endpoint.toString()));
  }

  /// From the call of the client's `play` until the first frame was presented.
  public long firstFrameMillis() {
    return Math.round(number(firstFrame, "total"));
  }

  /// From connected until the first frame was presented.
  public long connectedToFirstFrameMillis() {
    return Math.round(number(firstFrame, "sinceConnected"));
  }

  Map<?, ?> statistics() {
    return (Map<?, ?>) console.page().evaluate(STATISTICS);
  }

  void waitFor(double millis) {
    console.page().waitForTimeout(millis);
  }

  public void close() {
    console.page().close();
  }

  static double change(Map<?, ?> before, Map<?, ?> after, String name) {
    return number(after, name) - number(before, name);
  }

  static double number(Map<?, ?> from, String name) {
    return ((Number) Objects.requireNonNull(from.get(name), name)).doubleValue();
  }
}
