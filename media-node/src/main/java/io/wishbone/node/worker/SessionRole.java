package io.wishbone.node.worker;

/// What a session is to its stream.
public enum SessionRole {
  PUBLISHER,
  SUBSCRIBER,
  /// A relay that the stream comes from: this worker is the edge.
  UPSTREAM,
  /// A relay that the stream goes to: this worker is the parent.
  DOWNSTREAM;

  /// Whether the other side is a worker as well.
  public boolean isRelay() {
    return switch (this) {
      case UPSTREAM, DOWNSTREAM -> true;
      case PUBLISHER, SUBSCRIBER -> false;
    };
  }
}
