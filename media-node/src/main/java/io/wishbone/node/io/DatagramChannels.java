package io.wishbone.node.io;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.vertx.core.impl.VertxInternal;
import java.net.InetSocketAddress;

/// Opens a UDP channel of Vert.x's transport (epoll where there is one) on a given event loop.
final class DatagramChannels {
  private static final int SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;

  /// With receive offload the kernel hands over a burst of equal datagrams as one of up to 64 KB,
  /// which Netty cuts up again.
  private static final int OFFLOADED_RECEIVE_BYTES = 64 * 1024;

  private static final int PLAIN_RECEIVE_BYTES = 2048;
  private static final WriteBufferWaterMark WRITE_BUFFER =
      new WriteBufferWaterMark(512 * 1024, 2 * 1024 * 1024);

  private DatagramChannels() {}

  static ChannelFuture open(
      VertxInternal vertx, EventLoop eventLoop, InetSocketAddress bind, ChannelHandler handler) {
    var bootstrap =
        new Bootstrap()
            .group(eventLoop)
            .channelFactory(() -> channel(vertx))
            .handler(handler)
            .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
            .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WRITE_BUFFER);
    return bootstrap.bind(bind);
  }

  private static Channel channel(VertxInternal vertx) {
    var channel = vertx.transport().datagramChannel();
    boolean offloaded =
        channel instanceof EpollDatagramChannel
            && channel.config().setOption(EpollChannelOption.UDP_GRO, true);
    channel
        .config()
        .setRecvByteBufAllocator(
            new FixedRecvByteBufAllocator(
                offloaded ? OFFLOADED_RECEIVE_BYTES : PLAIN_RECEIVE_BYTES));
    return channel;
  }
}
