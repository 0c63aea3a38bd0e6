package io.wishbone.signaling.dispatch;

import io.wishbone.control.NodeId;
import jakarta.inject.Singleton;

/// Which nodes this process hears by itself, whatever the store knows of them: while a server of
/// the store dies and another one takes its place, nothing is stored for longer than a node's
/// report lasts, and no node is dead for that.
@Singleton
public final class Hearing {

  private final LostNodes nodes;

  Hearing(LostNodes nodes) {
    this.nodes = nodes;
  }

  /// Whether the node has been heard within the lifespan of a report
  /// ([io.wishbone.store.NodeStore#LIFESPAN]). Never blocks.
  public boolean hears(NodeId node) {
    return nodes.hears(node);
  }

  /// Whether nobody could be heard until a moment ago, for so long that sessions may have been
  /// forgotten that nobody renewed. Never blocks.
  boolean isBackLately() {
    return nodes.isBackLately();
  }
}
