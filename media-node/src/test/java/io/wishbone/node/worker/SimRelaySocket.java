package io.wishbone.node.worker;

import io.wishbone.webrtc.Outbox;
import io.wishbone.webrtc.sim.SimSocket;

/// A relay's own socket on the simulated network.
record SimRelaySocket(SimSocket socket) implements RelaySocket {
  @Override
  public Outbox outbox() {
    return socket;
  }

  /// A farewell may still go out.
  @Override
  public void close() {}
}
