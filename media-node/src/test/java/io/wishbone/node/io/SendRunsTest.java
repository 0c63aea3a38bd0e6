package io.wishbone.node.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendRunsTest {
  private static final InetSocketAddress ONE = new InetSocketAddress("192.0.2.1", 5000);
  private static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.2", 5000);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final SendArena arena = new SendArena(channel, true);

  /// What left: bytes, bytes of a segment, 0 for a plain datagram, and where to.
  private record Sent(int bytes, int segment, InetSocketAddress to) {}

  @AfterEach
  void release() {
    channel.finishAndReleaseAll();
    arena.close();
  }

  private void queue(InetSocketAddress to, int... lengths) {
    for (int length : lengths) {
      arena.commit(arena.claim(length + 100), length, to);
    }
  }

  private List<Sent> flush() {
    arena.flush();
    List<Sent> sent = new ArrayList<>();
    while (channel.readOutbound() instanceof DatagramPacket datagram) {
      int segment =
          datagram instanceof SegmentedDatagramPacket segmented ? segmented.segmentSize() : 0;
      sent.add(new Sent(datagram.content().readableBytes(), segment, datagram.recipient()));
      datagram.release();
    }
    return sent;
  }

  @Test
  void equalDatagramsToOneDestinationLeaveTogether() {
    queue(ONE, 1200, 1200, 1200);
    queue(OTHER, 1200, 1200);

    assertThat(flush()).containsExactly(new Sent(3600, 1200, ONE), new Sent(2400, 1200, OTHER));
    SendCounters.Snapshot counted = arena.counters().snapshot();
    assertThat(counted.packets()).isEqualTo(5);
    assertThat(counted.segmentedPackets()).isEqualTo(5);
    assertThat(counted.runs()).containsExactly(0, 1, 1, 0, 0, 0, 0);
    assertThat(counted.packetsPerRun()).isEqualTo(2.5);
    assertThat(counted.bytesPerFlush()).isEqualTo(6000);
  }

  @Test
  void onlyTheLastMayBeShorter() {
    queue(ONE, 1200, 1200, 700, 700, 1200);

    assertThat(flush())
        .containsExactly(new Sent(3100, 1200, ONE), new Sent(700, 0, ONE), new Sent(1200, 0, ONE));
  }

  @Test
  void aSingleDatagramIsAPlainOne() {
    queue(ONE, 100);
    queue(OTHER, 100);
    queue(ONE, 100);

    assertThat(flush())
        .containsExactly(new Sent(100, 0, ONE), new Sent(100, 0, OTHER), new Sent(100, 0, ONE));
    assertThat(arena.counters().snapshot().segmentedPackets()).isZero();
  }

  @Test
  void aRunHasNoMoreDatagramsThanTheKernelTakes() {
    for (int i = 0; i < 70; i++) {
      queue(ONE, 50);
    }

    assertThat(flush()).containsExactly(new Sent(64 * 50, 50, ONE), new Sent(6 * 50, 50, ONE));
  }

  @Test
  void aRunHasNoMoreBytesThanAPacketTakes() {
    for (int i = 0; i < 60; i++) {
      queue(ONE, 1200);
    }

    assertThat(flush()).containsExactly(new Sent(54 * 1200, 1200, ONE), new Sent(7200, 1200, ONE));
  }

  @Test
  void aGapInMemoryEndsARun() {
    queue(ONE, 1000);
    int refused = arena.claim(1000);
    arena.commit(refused + 8, 1000, ONE);

    assertThat(flush()).containsExactly(new Sent(1000, 0, ONE), new Sent(1000, 0, ONE));
  }

  @Test
  void whereTheKernelDoesNotCutUpDatagramsTheyGoOneByOne() {
    channel
        .pipeline()
        .addFirst(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void write(
                  ChannelHandlerContext context, Object message, ChannelPromise promise) {
                if (message instanceof SegmentedDatagramPacket datagram
                    && datagram.recipient().equals(ONE)) {
                  ReferenceCountUtil.release(message);
                  promise.setFailure(new IOException("Invalid argument"));
                } else {
                  context.write(message, promise);
                }
              }
            });
    queue(ONE, 1200, 1200);
    queue(OTHER, 1200, 1200);
    assertThat(flush()).containsExactly(new Sent(2400, 1200, OTHER));

    queue(ONE, 1200, 1200);
    queue(OTHER, 1200, 1200);
    assertThat(flush())
        .containsExactly(
            new Sent(1200, 0, ONE), new Sent(1200, 0, ONE), new Sent(2400, 1200, OTHER));
    assertThat(arena.counters().snapshot().refusedRuns()).isEqualTo(1);
  }

  @Test
  void aFullChunkIsSentBeforeTheTurnEnds() {
    for (int i = 0; i < 400; i++) {
      queue(ONE, 1200);
    }
    List<Sent> sent = flush();

    assertThat(sent.stream().mapToInt(Sent::bytes).sum()).isEqualTo(400 * 1200);
    assertThat(arena.counters().snapshot().flushes()).isEqualTo(3);
  }
}
