package io.wishbone.client.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// What stands behind a [ClientSocket]; called on the loop's thread.
public interface DatagramEndpoint {
  void handleDatagram(
      ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos);

  /// When [#handleTimeout] wants to be called; `Long.MAX_VALUE` for never. Asked after every call.
  long nextTimeoutNanos();

  void handleTimeout(long nowNanos);
}
