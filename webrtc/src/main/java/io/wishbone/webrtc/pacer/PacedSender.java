package io.wishbone.webrtc.pacer;

/// Sends what the [Pacer] lets go.
public interface PacedSender {

  /// Sends the packet that was queued as `handle`. Returns how many bytes went out: 0 when it is
  /// not wanted any more, or not there.
  ///
  /// @param probeCluster id of the probe that it serves, or 0
  int send(PacketClass kind, long handle, int probeCluster, long nowNanos);

  /// Sends about as many bytes of padding, such as a retransmission nobody asked for. Returns how
  /// many went out: 0 when none can.
  int pad(int bytes, int probeCluster, long nowNanos);
}
