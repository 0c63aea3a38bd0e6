package io.wishbone.client.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.SegmentedDatagramPacket;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.wishbone.webrtc.transport.Offload;
import java.net.InetSocketAddress;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The threads that sessions run on, and their sockets.
final class LoadLoops implements AutoCloseable {
  private static final int SOCKET_BUFFER_BYTES = 2 * 1024 * 1024;

  /// With receive offload a frame's packets come as one datagram, which Netty cuts up again.
  private static final int OFFLOADED_RECEIVE_BYTES = 64 * 1024;

  private static final int PLAIN_RECEIVE_BYTES = 2048;

  private final boolean epoll = Epoll.isAvailable();
  private final EventLoopGroup group;
  private final Semaphore handshakes = new Semaphore(Runtime.getRuntime().availableProcessors());

  LoadLoops(int threads) {
    var factory = new DefaultThreadFactory("wishbone-load", true);
    group =
        epoll ? new EpollEventLoopGroup(threads, factory) : new NioEventLoopGroup(threads, factory);
  }

  EventLoop next() {
    return group.next();
  }

  /// Whether several datagrams may be sent as one.
  boolean isSegmented() {
    return epoll && SegmentedDatagramPacket.isSupported();
  }

  /// Opens a socket on any free port. Blocks; not to be called on a loop.
  Channel open(EventLoop loop, ChannelHandler handler) throws InterruptedException {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(epoll ? EpollDatagramChannel.class : NioDatagramChannel.class)
            .handler(handler)
            .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
            .option(
                ChannelOption.RCVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(
                    epoll ? OFFLOADED_RECEIVE_BYTES : PLAIN_RECEIVE_BYTES));
    if (epoll) {
      bootstrap.option(EpollChannelOption.UDP_GRO, true);
    }
    return bootstrap.bind(new InetSocketAddress(0)).sync().channel();
  }

  /// Runs DTLS steps of a socket's session on virtual threads, a few at a time. What a step has to
  /// send leaves when it is done: nothing else may come that would take it along.
  Offload offload(LoadSocket socket) {
    return new Offload() {
      @Override
      public <T> void run(Supplier<T> work, Completion<T> done) {
        Thread.ofVirtual()
            .start(() -> {
              handshakes.acquireUninterruptibly();
              try {
                T result = work.get();
                socket
                    .loop()
                    .execute(() -> {
                      done.accept(result, System.nanoTime());
                      socket.reschedule();
                    });
              } finally {
                handshakes.release();
              }
            });
      }
    };
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
