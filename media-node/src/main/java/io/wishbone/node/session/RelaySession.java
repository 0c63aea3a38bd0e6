package io.wishbone.node.session;

/// The media side of a peer that is another worker, of this node or another, and gets everything.
public non-sealed interface RelaySession extends PeerSession {

  /// False when what the peer was told of the stream no longer holds: it has to ask anew.
  boolean isServed();
}
