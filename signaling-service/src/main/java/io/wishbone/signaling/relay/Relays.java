package io.wishbone.signaling.relay;

import io.wishbone.control.NodeId;
import io.wishbone.control.StreamName;
import io.wishbone.store.Edge;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes nodes edges of a stream, for viewers that were sent there.
@Singleton
public final class Relays {

  private final Trees trees;

  Relays(Trees trees) {
    this.trees = trees;
  }

  /// Has a node carry a stream. One that does already goes on as it is.
  ///
  /// @param origin the node that the stream is published to, another one
  public Attachment attach(StreamName stream, NodeId origin, NodeId node) {
    Trees.Changed changed =
        trees.change(
            stream,
            origin,
            trees.alive(),
            (tree, choice) -> {
              Edge present = tree.edge(node);
              if (present != null && choice.holds(tree, node, present.parent())) {
                return tree;
              }
              NodeId parent = choice.choose(tree, node, Set.of());
              return parent == null ? tree : tree.with(new Edge(node, parent, trees.now()));
            });
    Edge edge = changed.after().edge(node);
    // The origin has just died: the node will hear that.
    NodeId parent = edge == null ? origin : edge.parent();
    return new Attachment(parent, changed.moves(node) ? edge : null);
  }

  /// Takes back what [#attach] has made, since the node did not open the session. An edge that is
  /// in use by now stays.
  public void detach(StreamName stream, Attachment attachment) {
    Edge added = attachment.added();
    if (added != null) {
      var alive = trees.alive();
      trees.change(
          stream,
          trees.origin(stream, alive),
          alive,
          (tree, _) -> isUnused(tree, added) ? tree.without(added.node()) : tree);
    }
  }

  private static boolean isUnused(RelayTree tree, @Nullable Edge added) {
    return added != null
        && added.equals(tree.edge(added.node()))
        && tree.children(added.node()) == 0;
  }
}
