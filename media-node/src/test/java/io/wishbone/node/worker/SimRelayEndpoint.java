package io.wishbone.node.worker;

import io.wishbone.webrtc.sim.SimEndpoint;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// The receiving side of a relay's own socket: its timers are the worker's.
record SimRelayEndpoint(RelaySockets.Receiver receiver, Runnable received) implements SimEndpoint {
  @Override
  public void handleDatagram(
      ByteBuffer buffer, int offset, int length, InetSocketAddress source, long nowNanos) {
    receiver.receive(buffer, offset, length, source, nowNanos);
    received.run();
  }

  @Override
  public long nextTimeoutNanos() {
    return Long.MAX_VALUE;
  }

  @Override
  public void handleTimeout(long nowNanos) {}
}
