package io.wishbone.node.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendArenaTest {
  private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 5000);

  private final TestChannel channel = new TestChannel();
  private final SendArena arena = new SendArena(channel, false);
  private final List<DatagramPacket> written = new ArrayList<>();

  /// A socket that takes everything, or nothing when it is blocked. What it took, it either keeps
  /// for the test or is done with at once.
  private static final class TestChannel extends EmbeddedChannel {
    boolean blocked;
    boolean forgets;
    int taken;
    int flushes;

    @Override
    protected void doWrite(ChannelOutboundBuffer pending) throws Exception {
      flushes++;
      if (!blocked) {
        super.doWrite(pending);
      }
    }

    @Override
    protected void handleOutboundMessage(Object message) {
      taken++;
      if (forgets) {
        ReferenceCountUtil.release(message);
      } else {
        super.handleOutboundMessage(message);
      }
    }
  }

  @AfterEach
  void release() {
    written.forEach(DatagramPacket::release);
    channel.finishAndReleaseAll();
    arena.close();
  }

  private void queue(int number, int length) {
    int offset = arena.claim(length + 100);
    for (int i = 0; i < length; i++) {
      arena.buffer().put(offset + i, (byte) (number + i));
    }
    arena.commit(offset, length, PEER);
  }

  private void flush() {
    arena.flush();
    while (channel.readOutbound() instanceof DatagramPacket datagram) {
      written.add(datagram);
    }
  }

  private static void assertContent(DatagramPacket datagram, int number, int length) {
    assertThat(datagram.recipient()).isEqualTo(PEER);
    ByteBuffer bytes = datagram.content().nioBuffer();
    assertThat(bytes.remaining()).isEqualTo(length);
    for (int i = 0; i < length; i++) {
      assertThat(bytes.get(bytes.position() + i)).isEqualTo((byte) (number + i));
    }
  }

  @Test
  void sendsWhatWasQueuedInOrder() {
    for (int i = 0; i < 50; i++) {
      queue(i, 20 + i);
    }
    flush();

    assertThat(written).hasSize(50);
    for (int i = 0; i < 50; i++) {
      assertContent(written.get(i), i, 20 + i);
    }
    assertThat(arena.isEmpty()).isTrue();
    assertThat(arena.counters().snapshot().packets()).isEqualTo(50);
  }

  @Test
  void laysTheDatagramsOfATurnSideBySide() {
    int first = arena.claim(1500);
    arena.commit(first, 1200, PEER);
    int second = arena.claim(1500);
    arena.commit(second, 1200, PEER);

    assertThat(second).isEqualTo(first + 1200);
  }

  @Test
  void givesAClaimThatWasNotCommittedToTheNextOne() {
    int first = arena.claim(1500);

    assertThat(arena.claim(1500)).isEqualTo(first);
  }

  @Test
  void doesNotOverwriteWhatTheChannelStillHolds() {
    for (int turn = 0; turn < 20; turn++) {
      for (int i = 0; i < 30; i++) {
        queue(turn * 30 + i, 1200);
      }
      flush();
    }

    assertThat(written).hasSize(600);
    for (int i = 0; i < 600; i++) {
      assertContent(written.get(i), i, 1200);
    }
  }

  @Test
  void usesItsMemoryAgainWhenTheChannelIsDoneWithIt() {
    Set<ByteBuffer> memory = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int turn = 0; turn < 2000; turn++) {
      queue(turn, 1200);
      memory.add(arena.buffer());
      flush();
      written.forEach(DatagramPacket::release);
      written.clear();
    }

    assertThat(memory.size()).isLessThanOrEqualTo(2);
  }

  @Test
  void losesPacketsRatherThanMemoryWhenTheSocketDoesNotDrain() {
    for (int turn = 0; turn < 200; turn++) {
      for (int i = 0; i < 200; i++) {
        queue(i, 1200);
      }
      flush();
    }

    assertThat(arena.counters().snapshot().dropped()).isPositive();
    assertThat(written.size() * 1200L).isLessThan(40L * SendArena.CHUNK_BYTES);
  }

  @Test
  void sendsAgainAfterATurnThatFilledAllMemory() {
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1 << 24, 1 << 25));
    for (int i = 0; i < 10_000; i++) {
      queue(i, 1200);
    }
    flush();
    written.forEach(DatagramPacket::release);
    written.clear();

    for (int turn = 0; turn < 100; turn++) {
      queue(turn, 1200);
      flush();
    }

    assertThat(written).hasSize(100);
  }

  @Test
  void sendsATurnThatIsLargerThanWhatTheChannelHoldsAtOnce() {
    channel.forgets = true;
    for (int i = 0; i < 3000; i++) {
      queue(i, 1200);
    }
    flush();

    assertThat(channel.taken).isEqualTo(3000);
    assertThat(arena.counters().snapshot().packets()).isEqualTo(3000);
    assertThat(arena.counters().snapshot().bytes()).isEqualTo(3000 * 1200);
    assertThat(arena.counters().snapshot().dropped()).isZero();
  }

  @Test
  void needsNoMoreMemoryForALargerTurn() {
    channel.forgets = true;
    Set<ByteBuffer> memory = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < 50_000; i++) {
      queue(i, 1200);
      memory.add(arena.buffer());
    }
    flush();

    assertThat(arena.counters().snapshot().packets()).isEqualTo(50_000);
    assertThat(memory.size()).isLessThanOrEqualTo(10);
  }

  @Test
  void countsWhatASocketThatIsNotReadyDoesNotTakeAndAsksItOnceAChunk() {
    channel.blocked = true;
    for (int i = 0; i < 1000; i++) {
      queue(i, 200);
    }
    flush();
    assertThat(arena.counters().snapshot().dropped()).isPositive();
    assertThat(arena.counters().snapshot().packets() + arena.counters().snapshot().dropped())
        .isEqualTo(1000);
    // Two chunks; an embedded channel writes twice a flush.
    assertThat(channel.flushes).isLessThanOrEqualTo(4);

    channel.blocked = false;
    channel.flush();
    long before = arena.counters().snapshot().packets();
    queue(1, 200);
    flush();
    assertThat(arena.counters().snapshot().packets()).isEqualTo(before + 1);
    assertThat(channel.taken).isEqualTo((int) arena.counters().snapshot().packets());
  }
}
