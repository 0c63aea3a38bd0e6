package io.wishbone.webrtc.nack;

/// What a packet means to a [NackGenerator].
public enum Arrival {
  /// The newest so far.
  NEW,
  /// It was missing, and somebody waits for it.
  FILLED,
  /// Nobody waits for it: a duplicate, given up already, or from before the first packet.
  STALE
}
