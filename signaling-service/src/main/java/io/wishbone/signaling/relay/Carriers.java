package io.wishbone.signaling.relay;

import io.wishbone.control.NodeId;
import io.wishbone.control.StreamName;
import io.wishbone.store.NodeRecord;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The nodes that have a stream already.
@Singleton
public final class Carriers {

  private final Trees trees;

  Carriers(Trees trees) {
    this.trees = trees;
  }

  /// The origin and the edges that have the stream from it.
  public Set<NodeId> of(StreamName stream, NodeId origin, List<NodeRecord> alive) {
    if (alive.size() < 2) {
      return Set.of(origin);
    }
    RelayTree tree =
        trees.tree(
            stream,
            origin,
            alive.stream().collect(Collectors.toMap(NodeRecord::node, node -> node)));
    Set<NodeId> carriers = new HashSet<>();
    carriers.add(origin);
    tree.attached().forEach(edge -> carriers.add(edge.node()));
    return carriers;
  }
}
