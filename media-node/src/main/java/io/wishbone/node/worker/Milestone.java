package io.wishbone.node.worker;

/// What a session comes by on its way to media, each once.
public enum Milestone {
  /// The first authentic connectivity check has come.
  CHECKED,
  /// DTLS is complete.
  CONNECTED,
  /// The first packet of media has come from a publisher, or gone to a viewer.
  FIRST_PACKET,
  /// The first keyframe of the picture has come from a publisher.
  FIRST_KEYFRAME,
  /// Of a publisher: the first packet was shown to somebody who is to get it, viewers or relays. Of
  /// a viewer: its first whole frame has gone out.
  FIRST_EGRESS
}
