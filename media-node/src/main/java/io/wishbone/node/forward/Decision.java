package io.wishbone.node.forward;

/// What becomes of a source packet for one viewer.
public enum Decision {
  /// It goes out under the present numbering.
  FORWARD,
  /// It goes out as the first packet of another encoding: the numbering changes with it.
  SWITCH,
  /// The viewer does not get it, and sees no gap.
  SKIP
}
