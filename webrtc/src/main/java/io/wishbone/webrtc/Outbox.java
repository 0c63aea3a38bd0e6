package io.wishbone.webrtc;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// Where datagrams wait until the turn of the event loop ends. One per worker, used on its thread
/// only.
///
/// A datagram is written in place: [#claim] room in the arena, write there, [#commit] what was
/// written. A claim that is not committed costs nothing; the next claim takes its place.
public interface Outbox {

  /// The arena into which claims are made. A claim may exchange it: read it after the claim.
  ByteBuffer buffer();

  /// The offset in [#buffer] where up to `capacity` bytes may be written, valid until the next
  /// claim or commit.
  int claim(int capacity);

  /// Queues what was written. `offset` and `length` lie within the last claim.
  void commit(int offset, int length, InetSocketAddress destination);

  /// Queues a datagram that was written elsewhere.
  default void send(byte[] datagram, InetSocketAddress destination) {
    int offset = claim(datagram.length);
    buffer().put(offset, datagram);
    commit(offset, datagram.length, destination);
  }
}
