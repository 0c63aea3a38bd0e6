package io.wishbone.node.io;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;

/// Hands each datagram to the loop as a view over Netty's memory, lent for the duration of the
/// call.
final class DatagramHandler extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOGGER = System.getLogger(DatagramHandler.class.getName());

  private final Inbound inbound;
  private final Runnable endOfTurn;

  /// @param endOfTurn what to do when nothing more is there to be read
  DatagramHandler(Inbound inbound, Runnable endOfTurn) {
    this.inbound = inbound;
    this.endOfTurn = endOfTurn;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (message instanceof DatagramPacket datagram && datagram.content().isReadable()) {
        ByteBuf content = datagram.content();
        ByteBuffer view = content.internalNioBuffer(content.readerIndex(), content.readableBytes());
        inbound.received(view, view.position(), view.remaining(), datagram.sender());
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    endOfTurn.run();
  }

  /// An ICMP error for one peer is no reason to close the channel that all of them share.
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOGGER.log(System.Logger.Level.DEBUG, "Error on the media channel", cause);
  }
}
