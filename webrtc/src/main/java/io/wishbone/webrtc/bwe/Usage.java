package io.wishbone.webrtc.bwe;

/// What the delay says about the bottleneck's queue.
public enum Usage {
  /// It neither grows nor shrinks.
  NORMAL,
  /// It grows: more is sent than passes.
  OVERUSING,
  /// It empties.
  UNDERUSING
}
