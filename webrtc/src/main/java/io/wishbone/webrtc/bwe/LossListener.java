package io.wishbone.webrtc.bwe;

/// Hears of packets that a receiver reports as missing, each time that one was sent in vain.
public interface LossListener {
  /// Nobody wants to know.
  LossListener NOBODY = (_, _, _) -> {};

  /// @param handle by which the packet was sent
  /// @param sentNanos when
  void onLost(long handle, long sentNanos, long nowNanos);
}
