package io.wishbone.node.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
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

  private final SendArena arena = new SendArena();
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<DatagramPacket> written = new ArrayList<>();

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
    arena.flush(channel);
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
    assertThat(arena.sent()).isEqualTo(50);
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

    assertThat(arena.dropped()).isPositive();
    assertThat(written.size() * 1200L).isLessThan(40L * SendArena.CHUNK_BYTES);
  }
}
