package io.wishbone.node.io;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.util.concurrent.GenericFutureListener;
import io.wishbone.webrtc.Outbox;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
  private static final System.Logger LOGGER = System.getLogger(SendArena.class.getName());

  /// About eight runs of a keyframe's or a frame's packets.
  static final int CHUNK_BYTES = 192 * 1024;

  /// When the kernel has refused to cut up datagrams to so many destinations, one after the other,
  /// and did it for none in between, it is not asked any more.
  static final int REFUSALS = 32;

  /// What Linux says to a datagram that it does not cut up: a segment is larger than the path takes
  /// or checksums are off (EINVAL), IPsec is on the way (EIO), the device or a sandbox does not
  /// know how (EMSGSIZE, EOPNOTSUPP). Other errors would meet a single datagram as well.
  private static final Set<Integer> REFUSED = Set.of(5, 22, 90, 95);

  private static final int MAX_IDLE_CHUNKS = 8;
  private static final int MAX_CHUNKS_IN_FLIGHT = 42;

  private final Channel channel;
  private boolean segmented;
  private final SendCounters counters = new SendCounters();
  private final PlainDestinations plain = new PlainDestinations();
  private final List<SendRun> runs = new ArrayList<>();
  private final ArrayDeque<SendChunk> idle = new ArrayDeque<>();
  private final List<SendChunk> inFlight = new ArrayList<>();
  private SendChunk current = new SendChunk(CHUNK_BYTES);
  private int queued;
  private int refusals;

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

  /// Where the kernel refuses to cut datagrams up, they go one by one from now on, and find their
  /// way in fragments if they must. The run itself is lost: its receiver will ask for it.
  private GenericFutureListener<ChannelFuture> refusal(InetSocketAddress destination) {
    return outcome -> {
      if (outcome.isSuccess()) {
        refusals = 0;
      } else if (isRefusal(outcome.cause())) {
        counters.onRefused();
        if (plain.add(destination) && ++refusals == REFUSALS && segmented) {
          segmented = false;
          LOGGER.log(
              System.Logger.Level.WARNING,
              "The kernel cuts up no segmented datagrams to the last {0} viewers ({1}): from now on"
                  + " packets are sent one by one",
              REFUSALS,
              outcome.cause().getMessage());
        }
      }
    };
  }

  private static boolean isRefusal(Throwable cause) {
    return cause instanceof NativeIoException error
        ? REFUSED.contains(-error.expectedErr())
        : cause instanceof IOException && !(cause instanceof ClosedChannelException);
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
