package io.wishbone.node.io;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import io.vertx.core.impl.VertxInternal;
import io.wishbone.node.worker.RelaySocket;
import io.wishbone.webrtc.Outbox;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The socket of one relay at its edge. What goes out are checks, a handshake and feedback, a few
/// datagrams a second: each is sent as it comes.
final class RelayChannel implements RelaySocket, Outbox {
  private static final System.Logger LOGGER = System.getLogger(RelayChannel.class.getName());

  /// A close_notify is made beside the event loop.
  private static final long FAREWELL_SECONDS = 3;

  private static final int USUAL_DATAGRAM = 2048;

  private final EventLoop eventLoop;
  private final Channel channel;
  private final Consumer<RelayChannel> closed;
  private ByteBuffer scratch = ByteBuffer.allocateDirect(USUAL_DATAGRAM);
  private boolean closing;

  /// @param closed hears when the channel is being closed
  private RelayChannel(EventLoop eventLoop, Channel channel, Consumer<RelayChannel> closed) {
    this.eventLoop = eventLoop;
    this.channel = channel;
    this.closed = closed;
  }

  static RelayChannel open(
      VertxInternal vertx,
      EventLoop eventLoop,
      InetSocketAddress bind,
      DatagramHandler handler,
      Consumer<RelayChannel> closed) {
    ChannelFuture bound = DatagramChannels.open(vertx, eventLoop, bind, handler);
    bound.addListener(outcome -> {
      if (!outcome.isSuccess()) {
        LOGGER.log(System.Logger.Level.WARNING, "No socket for a relay", outcome.cause());
      }
    });
    return new RelayChannel(eventLoop, bound.channel(), closed);
  }

  @Override
  public Outbox outbox() {
    return this;
  }

  @Override
  public ByteBuffer buffer() {
    return scratch;
  }

  @Override
  public int claim(int capacity) {
    if (capacity > scratch.capacity()) {
      scratch = ByteBuffer.allocateDirect(capacity);
    }
    return 0;
  }

  @Override
  public void commit(int offset, int length, InetSocketAddress destination) {
    ByteBuf content = channel.alloc().directBuffer(length);
    content.writeBytes(scratch.slice(offset, length));
    var _ = channel.writeAndFlush(new DatagramPacket(content, destination), channel.voidPromise());
  }

  @Override
  public void close() {
    if (!closing) {
      closing = true;
      var _ = eventLoop.schedule(this::closeNow, FAREWELL_SECONDS, TimeUnit.SECONDS);
    }
  }

  void closeNow() {
    closing = true;
    var _ = channel.close();
    closed.accept(this);
  }
}
