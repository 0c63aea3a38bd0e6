package io.wishbone.node.io;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import io.wishbone.webrtc.Outbox;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The datagrams of one turn of the loop, side by side in direct memory, and the chunks of memory
/// behind them. Used on the event loop only.
///
/// A turn that fills several chunks is sent before it ends. A chunk that the channel still holds
/// after a flush, because the socket was not ready, is set aside and used again when the channel is
/// done with it. What the channel may hold is bounded: a socket that does not drain loses packets,
/// as UDP does, and they are counted.
final class SendArena implements Outbox {
  static final int CHUNK_BYTES = 256 * 1024;

  /// The socket is given what there is after so much, while the memory is still in the cache.
  private static final int FLUSH_BYTES = 256 * 1024;

  private static final int MAX_FULL_CHUNKS = 4;
  private static final int MAX_IDLE_CHUNKS = 8;
  private static final int MAX_CHUNKS_IN_FLIGHT = 32;

  private final Channel channel;
  private final List<Datagram> queued = new ArrayList<>();
  private final ArrayDeque<Chunk> idle = new ArrayDeque<>();
  private final List<Chunk> inFlight = new ArrayList<>();
  private final List<Chunk> full = new ArrayList<>();
  private Chunk current = new Chunk();
  private long sent;
  private long sentBytes;
  private long dropped;

  SendArena(Channel channel) {
    this.channel = channel;
  }

  /// A stretch of direct memory, seen as Netty and as the packet path see it.
  private static final class Chunk {
    final ByteBuf memory = Unpooled.directBuffer(CHUNK_BYTES, CHUNK_BYTES).setIndex(0, CHUNK_BYTES);
    final ByteBuffer view = memory.nioBuffer(0, CHUNK_BYTES);
    int used;

    boolean isReleased() {
      return memory.refCnt() == 1;
    }
  }

  private record Datagram(Chunk chunk, int offset, int length, InetSocketAddress destination) {}

  @Override
  public ByteBuffer buffer() {
    return current.view;
  }

  @Override
  public int claim(int capacity) {
    if (capacity > CHUNK_BYTES) {
      throw new IllegalArgumentException("no datagram is that large: " + capacity);
    }
    if (current.used + capacity > CHUNK_BYTES) {
      full.add(current);
      current = nextChunk();
      if (full.size() >= MAX_FULL_CHUNKS) {
        flush();
      }
    }
    return current.used;
  }

  @Override
  public void commit(int offset, int length, InetSocketAddress destination) {
    queued.add(new Datagram(current, offset, length, destination));
    current.used = offset + length;
  }

  boolean isEmpty() {
    return queued.isEmpty();
  }

  /// Datagrams handed to the channel so far.
  long sent() {
    return sent;
  }

  /// Bytes handed to the channel so far.
  long sentBytes() {
    return sentBytes;
  }

  /// Datagrams given up so far because the socket did not drain.
  long dropped() {
    return dropped;
  }

  /// Sends everything that is queued, as far as the socket takes it.
  void flush() {
    if (queued.isEmpty()) {
      return;
    }
    reap();
    boolean congested = inFlight.size() >= MAX_CHUNKS_IN_FLIGHT;
    int unflushed = 0;
    for (Datagram datagram : queued) {
      if (!congested && (unflushed >= FLUSH_BYTES || !channel.isWritable())) {
        channel.flush();
        unflushed = 0;
        congested = !channel.isWritable();
      }
      if (congested) {
        dropped++;
        continue;
      }
      write(datagram);
      unflushed += datagram.length;
    }
    queued.clear();
    channel.flush();
    recycle();
  }

  private void write(Datagram datagram) {
    ByteBuf content = datagram.chunk.memory.retainedSlice(datagram.offset, datagram.length);
    var _ = channel.write(new DatagramPacket(content, datagram.destination), channel.voidPromise());
    sent++;
    sentBytes += datagram.length;
  }

  /// Frees the memory. Nothing may be claimed afterwards.
  void close() {
    queued.clear();
    current.memory.release();
    full.forEach(chunk -> chunk.memory.release());
    idle.forEach(chunk -> chunk.memory.release());
    inFlight.forEach(chunk -> chunk.memory.release());
    full.clear();
    idle.clear();
    inFlight.clear();
  }

  /// What the channel is done with can be used again; the rest waits until it is.
  private void recycle() {
    inFlight.addAll(full);
    full.clear();
    if (current.isReleased()) {
      current.used = 0;
    } else if (current.used > CHUNK_BYTES / 2) {
      inFlight.add(current);
      current = nextChunk();
    }
    reap();
  }

  private void reap() {
    inFlight.removeIf(chunk -> {
      boolean released = chunk.isReleased();
      if (released) {
        retire(chunk);
      }
      return released;
    });
  }

  private void retire(Chunk chunk) {
    if (idle.size() < MAX_IDLE_CHUNKS) {
      chunk.used = 0;
      idle.add(chunk);
    } else {
      chunk.memory.release();
    }
  }

  private Chunk nextChunk() {
    Chunk chunk = idle.poll();
    return chunk == null ? new Chunk() : chunk;
  }
}
