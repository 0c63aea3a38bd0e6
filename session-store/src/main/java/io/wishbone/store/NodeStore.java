package io.wishbone.store;

import io.wishbone.control.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.infinispan.commons.api.BasicCache;
import org.jspecify.annotations.Nullable;

/// The media nodes that are alive: a node that stops reporting disappears after a lifespan.
public final class NodeStore {

  /// A node that stands still for two seconds stays. One that has died is gone, for everybody who
  /// looks, less than three seconds after: besides this, a report takes some ten milliseconds to be
  /// stored, and a look may be a quarter of a second old.
  public static final Duration LIFESPAN = Duration.ofMillis(2_500);

  private final BasicCache<String, NodeRecord> cache;
  private final Duration lifespan;

  public NodeStore(BasicCache<String, NodeRecord> cache) {
    this(cache, LIFESPAN);
  }

  public NodeStore(BasicCache<String, NodeRecord> cache, Duration lifespan) {
    this.cache = cache;
    this.lifespan = lifespan;
  }

  /// Takes in what a node reports about itself.
  public void put(NodeRecord node) {
    put(node, Duration.ZERO);
  }

  /// Takes in what a node reported about itself a while ago: it is alive for so much less, and not
  /// at all when that is longer than the lifespan.
  ///
  /// @param age not negative
  public void put(NodeRecord node, Duration age) {
    long millis = lifespan.minus(age).toMillis();
    if (millis > 0) {
      cache.put(node.node().value(), node, millis, TimeUnit.MILLISECONDS);
    }
  }

  public @Nullable NodeRecord find(NodeId node) {
    return cache.get(node.value());
  }

  public boolean isAlive(NodeId node) {
    return find(node) != null;
  }

  /// Every node that is alive, draining ones included.
  public List<NodeRecord> all() {
    return List.copyOf(cache.values());
  }
}
