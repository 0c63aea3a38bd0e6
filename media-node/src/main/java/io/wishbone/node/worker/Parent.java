package io.wishbone.node.worker;

import org.jspecify.annotations.Nullable;

/// Where a worker gets a stream.
///
/// @param node another node; null for another worker of this one
public record Parent(@Nullable String node) {

  /// The worker of this node that the stream's publisher, or the relay from another node, is on.
  public static final Parent SAME_NODE = new Parent(null);

  boolean isSameNode() {
    return node == null;
  }

  @Override
  public String toString() {
    return node == null ? "this node" : node;
  }
}
