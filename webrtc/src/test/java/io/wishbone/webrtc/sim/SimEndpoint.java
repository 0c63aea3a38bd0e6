package io.wishbone.webrtc.sim;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// Something sans-IO behind a [SimSocket]: a transport, or a whole media worker.
public interface SimEndpoint {
  void handleDatagram(
      ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos);

  long nextTimeoutNanos();

  void handleTimeout(long nowNanos);
}
