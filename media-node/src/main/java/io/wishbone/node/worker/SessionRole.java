package io.wishbone.node.worker;

/// Which way a session's media flow.
public enum SessionRole {
  /// To us.
  PUBLISHER,
  /// From us.
  SUBSCRIBER
}
