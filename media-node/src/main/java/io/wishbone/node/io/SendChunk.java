package io.wishbone.node.io;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/// A stretch of direct memory of a [SendArena], seen as Netty and as the packet path see it.
final class SendChunk {
  final ByteBuf memory;
  final ByteBuffer view;
  int used;

  SendChunk(int bytes) {
    memory = Unpooled.directBuffer(bytes, bytes).setIndex(0, bytes);
    view = memory.nioBuffer(0, bytes);
  }

  /// Whether the channel is done with it.
  boolean isReleased() {
    return memory.refCnt() == 1;
  }
}
