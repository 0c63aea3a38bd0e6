package io.wishbone.node.worker;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// Opens sockets for the relays that a worker begins, on any free port.
@FunctionalInterface
public interface RelaySockets {

  /// Takes what comes in, on the worker's thread.
  @FunctionalInterface
  interface Receiver {
    /// A datagram of `length` bytes at `offset`; it may be decrypted in place.
    void receive(ByteBuffer buffer, int offset, int length, InetSocketAddress from, long nowNanos);
  }

  /// Opens a socket. One that cannot be bound loses all that is sent, and its relay is given up
  /// after a while.
  RelaySocket open(Receiver receiver);
}
