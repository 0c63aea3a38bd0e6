package io.wishbone.webrtc.nack;

/// What becomes of a packet that a viewer reports as lost.
public enum Verdict {
  /// It is sent again.
  SEND,
  /// It was sent again less than a round trip ago: that one may be on its way.
  TOO_SOON,
  /// The viewer's [RetransmissionBudget] is used up.
  OVER_BUDGET,
  /// It is not held any more: the viewer needs a keyframe.
  GONE,
  /// It has not come from the source yet: the viewer gets it when it does.
  NOT_HERE,
  /// The viewer asks too much.
  IGNORED
}
