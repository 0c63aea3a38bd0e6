package io.wishbone.client.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.wishbone.client.net.DatagramEndpoint;
import io.wishbone.webrtc.Outbox;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The socket and the timer of one session. Used on its loop, except for opening it.
///
/// Datagrams of equal length that are sent one after the other, such as those of a frame, leave as
/// one where the kernel cuts that up again.
final class LoadSocket extends ChannelInboundHandlerAdapter implements Outbox {
  static final int FEW_BYTES = 8 * 1024;
  static final int MANY_BYTES = 128 * 1024;
  private static final int MAX_SEGMENTS = 50;
  private static final long TICK_NANOS = 1_000_000L;

  private final EventLoop loop;
  private final boolean segmented;
  private ByteBuffer memory;
  private @Nullable Channel channel;
  private @Nullable DatagramEndpoint endpoint;
  private @Nullable ScheduledFuture<?> timer;
  private long timerNanos = Long.MAX_VALUE;
  private @Nullable InetSocketAddress destination;
  private int runOffset;
  private int used;
  private int segment;
  private int segments;
  private boolean closed;

  private LoadSocket(EventLoop loop, boolean segmented, int bytes) {
    this.memory = ByteBuffer.allocateDirect(bytes);
    this.loop = loop;
    this.segmented = segmented;
  }

  /// Blocks; not to be called on a loop.
  ///
  /// @param bytes that are sent at a time
  static LoadSocket open(LoadLoops loops, EventLoop loop, int bytes) throws InterruptedException {
    var socket = new LoadSocket(loop, loops.isSegmented(), bytes);
    socket.channel = loops.open(loop, socket);
    return socket;
  }

  EventLoop loop() {
    return loop;
  }

  void attach(DatagramEndpoint next) {
    endpoint = next;
    reschedule();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      DatagramEndpoint present = endpoint;
      if (message instanceof DatagramPacket datagram && present != null) {
        ByteBuf content = datagram.content();
        ByteBuffer view = content.internalNioBuffer(content.readerIndex(), content.readableBytes());
        present.handleDatagram(
            view, view.position(), view.remaining(), datagram.sender(), System.nanoTime());
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    flush();
    reschedule();
  }

  /// An ICMP error of an earlier send is no reason to give the socket up.
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}

  /// Looks when the endpoint wants to be called, and sends what it has queued.
  void reschedule() {
    flush();
    DatagramEndpoint present = endpoint;
    if (present == null || closed) {
      return;
    }
    long next = present.nextTimeoutNanos();
    if (next >= timerNanos) {
      return;
    }
    if (timer != null) {
      timer.cancel(false);
    }
    timerNanos = next;
    long delay = Math.max(TICK_NANOS, next - System.nanoTime());
    timer = loop.schedule(this::onTimer, delay, TimeUnit.NANOSECONDS);
  }

  private void onTimer() {
    timer = null;
    timerNanos = Long.MAX_VALUE;
    DatagramEndpoint present = endpoint;
    if (present != null && !closed) {
      long now = System.nanoTime();
      if (present.nextTimeoutNanos() <= now) {
        present.handleTimeout(now);
      }
      reschedule();
    }
  }

  @Override
  public ByteBuffer buffer() {
    return memory;
  }

  @Override
  public int claim(int capacity) {
    if (used + capacity > memory.capacity()) {
      flush();
      if (capacity > memory.capacity()) {
        memory = ByteBuffer.allocateDirect(capacity);
      }
    }
    return used;
  }

  @Override
  public void commit(int offset, int length, InetSocketAddress to) {
    boolean goesOn =
        segments > 0
            && segments < MAX_SEGMENTS
            && used - runOffset == segments * segment
            && length <= segment
            && to.equals(destination);
    if (!goesOn || !segmented) {
      endRun();
      runOffset = offset;
      segment = length;
      destination = to;
    }
    segments++;
    used = offset + length;
  }

  private void endRun() {
    Channel open = channel;
    InetSocketAddress to = destination;
    if (segments > 0 && open != null && to != null && !closed) {
      ByteBuf content = Unpooled.wrappedBuffer(memory.slice(runOffset, used - runOffset));
      open.write(
          segments == 1
              ? new DatagramPacket(content, to)
              : new SegmentedDatagramPacket(content, segment, to),
          open.voidPromise());
    }
    segments = 0;
  }

  /// What is written is in the kernel when this is over, unless its buffer is full: then it is
  /// lost.
  private void flush() {
    endRun();
    if (used > 0 && channel != null) {
      channel.flush();
    }
    used = 0;
  }

  void close() {
    flush();
    closed = true;
    if (timer != null) {
      timer.cancel(false);
    }
    if (channel != null) {
      channel.close();
    }
  }
}
