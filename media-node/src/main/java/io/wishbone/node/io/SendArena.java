package io.wishbone.node.io;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.util.concurrent.GenericFutureListener;
import io.wishbone.webrtc.Outbox;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The datagrams of one turn of the loop, side by side in direct memory, and the chunks of memory
/// behind them. Used on the event loop only.
///
/// Datagrams to one destination that were queued one after the other are a [run][SendRun], which
/// leaves as one segmented datagram where the kernel cuts those up (UDP_SEGMENT). Netty hands what
/// is flushed to the kernel in one system call (sendmmsg).
///
/// A chunk that is full is sent at once, while it is in the cache. One that the channel still holds
/// after a flush, because the socket was not ready, is set aside and used again when the channel is
/// done with it. What the channel may hold is bounded: a socket that does not drain loses packets,
/// as UDP does, and they are counted.
final class SendArena implements Outbox {
  /// About eight runs of a keyframe's or a frame's packets.
  static final int CHUNK_BYTES = 192 * 1024;

  private static final int MAX_IDLE_CHUNKS = 8;
  private static final int MAX_CHUNKS_IN_FLIGHT = 42;

  private final Channel channel;
  private final boolean segmented;
  private final SendCounters counters = new SendCounters();
  private final PlainDestinations plain = new PlainDestinations();
  private final List<SendRun> runs = new ArrayList<>();
  private final ArrayDeque<SendChunk> idle = new ArrayDeque<>();
  private final List<SendChunk> inFlight = new ArrayList<>();
  private SendChunk current = new SendChunk(CHUNK_BYTES);
  private int queued;

  /// @param segmented whether the channel takes segmented datagrams
  SendArena(Channel channel, boolean segmented) {
    this.channel = channel;
    this.segmented = segmented;
  }

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
      flush();
      if (current.used > 0) {
        inFlight.add(current);
        current = nextChunk();
      }
    }
    return current.used;
  }

  @Override
  public void commit(int offset, int length, InetSocketAddress destination) {
    current.used = offset + length;
    if (queued > 0 && runs.get(queued - 1).append(current, offset, length, destination)) {
      return;
    }
    if (queued == runs.size()) {
      runs.add(new SendRun());
    }
    SendRun run = runs.get(queued++);
    run.begin(current, offset, length, destination);
    if (!segmented || plain.contains(destination)) {
      run.close();
    }
  }

  boolean isEmpty() {
    return queued == 0;
  }

  SendCounters counters() {
    return counters;
  }

  /// Sends everything that is queued, as far as the socket takes it.
  void flush() {
    if (queued == 0) {
      return;
    }
    reap();
    boolean congested = inFlight.size() >= MAX_CHUNKS_IN_FLIGHT;
    for (int i = 0; i < queued; i++) {
      SendRun run = runs.get(i);
      if (!congested && !channel.isWritable()) {
        channel.flush();
        congested = !channel.isWritable();
      }
      if (congested) {
        counters.onDropped(run.packets());
      } else {
        write(run);
      }
    }
    queued = 0;
    channel.flush();
    counters.onFlush();
    recycle();
  }

  private void write(SendRun run) {
    ByteBuf content = run.chunk().memory.retainedSlice(run.offset(), run.length());
    InetSocketAddress destination = run.destination();
    boolean several = run.packets() > 1;
    counters.onRun(run.packets(), run.length(), several);
    if (several) {
      var packet = new SegmentedDatagramPacket(content, run.segment(), destination);
      channel.write(packet).addListener(refusal(destination));
    } else {
      var _ = channel.write(new DatagramPacket(content, destination), channel.voidPromise());
    }
  }

  /// Where the way to a destination takes no datagrams of that size, the kernel refuses to cut them
  /// up: from now on they go there one by one, and find their way in fragments.
  private GenericFutureListener<ChannelFuture> refusal(InetSocketAddress destination) {
    return outcome -> {
      if (!outcome.isSuccess()) {
        counters.onRefused();
        plain.add(destination);
      }
    };
  }

  /// Frees the memory. Nothing may be claimed afterwards.
  void close() {
    queued = 0;
    current.memory.release();
    idle.forEach(chunk -> chunk.memory.release());
    inFlight.forEach(chunk -> chunk.memory.release());
    idle.clear();
    inFlight.clear();
  }

  /// What the channel is done with can be used again; the rest waits until it is.
  private void recycle() {
    if (current.isReleased()) {
      current.used = 0;
    } else if (current.used > CHUNK_BYTES / 2) {
      inFlight.add(current);
      current = nextChunk();
    }
    reap();
  }

  private void reap() {
    if (inFlight.isEmpty()) {
      return;
    }
    inFlight.removeIf(chunk -> {
      boolean released = chunk.isReleased();
      if (released) {
        retire(chunk);
      }
      return released;
    });
  }

  private void retire(SendChunk chunk) {
    if (idle.size() < MAX_IDLE_CHUNKS) {
      chunk.used = 0;
      idle.add(chunk);
    } else {
      chunk.memory.release();
    }
  }

  private SendChunk nextChunk() {
    SendChunk chunk = idle.poll();
    return chunk == null ? new SendChunk(CHUNK_BYTES) : chunk;
  }
}
