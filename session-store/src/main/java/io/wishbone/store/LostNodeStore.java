package io.wishbone.store;

import io.wishbone.control.NodeId;
import java.time.Duration;
import org.infinispan.commons.api.BasicCache;

/// Sees to it that one process looks after the sessions of a node that was lost, and not all who
/// notice.
public final class LostNodeStore {

  /// If whoever began has not ended by then, somebody else begins anew.
  public static final Duration LIFESPAN = Duration.ofSeconds(30);

  private final BasicCache<String, String> cache;

  public LostNodeStore(BasicCache<String, String> cache) {
    this.cache = cache;
  }

  /// Takes the node's sessions over.
  ///
  /// @param who what no other process is called
  /// @return false when somebody else has
  public boolean claim(NodeId node, String who) {
    return CompareAndSet.putIfAbsent(cache, node.value(), who, LIFESPAN);
  }
}
