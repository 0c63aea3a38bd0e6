package io.wishbone.node.io;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.vertx.core.impl.VertxInternal;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;

/// Whether the kernel cuts one large datagram up into several (UDP_SEGMENT, Linux 4.18). Found out
/// by trying, on the loopback interface: what a library believes of a kernel, a sandbox between the
/// two may deny.
final class Segmentation {
  private static final int SEGMENT_BYTES = 100;
  private static final int LAST_SEGMENT_BYTES = 50;
  private static final int PATIENCE_MILLIS = 2_000;

  private Segmentation() {}

  /// Blocks for the time of two datagrams' way. Not to be called on an event loop.
  static boolean isThere(VertxInternal vertx) {
    if (!(vertx.transport().datagramChannel() instanceof EpollDatagramChannel channel)) {
      return false;
    }
    EventLoop eventLoop = vertx.createEventLoopContext().nettyEventLoop();
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (var receiver = new DatagramSocket(loopback)) {
      receiver.setSoTimeout(PATIENCE_MILLIS);
      Channel sender =
          new Bootstrap()
              .group(eventLoop)
              .channelFactory(() -> channel)
              .handler(new ChannelInboundHandlerAdapter())
              .bind(loopback)
              .syncUninterruptibly()
              .channel();
      try {
        var content = Unpooled.wrappedBuffer(new byte[SEGMENT_BYTES + LAST_SEGMENT_BYTES]);
        var to = (InetSocketAddress) receiver.getLocalSocketAddress();
        boolean taken =
            sender
                .writeAndFlush(new SegmentedDatagramPacket(content, SEGMENT_BYTES, to))
                .awaitUninterruptibly()
                .isSuccess();
        return taken
            && receive(receiver) == SEGMENT_BYTES
            && receive(receiver) == LAST_SEGMENT_BYTES;
      } finally {
        sender.close().awaitUninterruptibly();
      }
    } catch (IOException e) {
      return false;
    }
  }

  private static int receive(DatagramSocket receiver) throws IOException {
    var packet = new DatagramPacket(new byte[2 * SEGMENT_BYTES], 2 * SEGMENT_BYTES);
    try {
      receiver.receive(packet);
      return packet.getLength();
    } catch (SocketTimeoutException e) {
      return 0;
    }
  }
}
