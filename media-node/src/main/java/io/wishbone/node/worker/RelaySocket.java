package io.wishbone.node.worker;

import io.wishbone.webrtc.Outbox;

/// A socket of one relay's own, at the edge.
///
/// All that two workers send each other through their ordinary ports would have one pair of
/// addresses, and a relay is told from another by its addresses.
public interface RelaySocket {

  /// Where datagrams go out from this socket.
  Outbox outbox();

  /// No more datagrams come in from now on; a farewell may still go out for a moment.
  void close();
}
