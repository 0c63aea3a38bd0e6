package io.wishbone.control;

/// A node is not there, or did not reply in time.
public final class NodeUnreachableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NodeUnreachableException(NodeId node, String why) {
    super("media node " + node + " " + why);
  }
}
