package io.wishbone.node.io;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// Takes the datagrams of a channel, on its event loop.
@FunctionalInterface
interface Inbound {

  /// A datagram of `length` bytes at `offset`, lent for the duration of the call.
  void received(ByteBuffer buffer, int offset, int length, InetSocketAddress from);
}
