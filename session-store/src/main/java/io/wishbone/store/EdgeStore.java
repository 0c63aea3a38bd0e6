package io.wishbone.store;

import io.wishbone.control.StreamName;
import java.time.Duration;
import java.util.List;
import org.infinispan.commons.api.BasicCache;

/// Which nodes carry a stream besides its origin. Edges say every few seconds that they are there;
/// when none has said so for long, the record is forgotten.
public final class EdgeStore {

  /// An edge that was not heard of for so long is none any more: three reports are missing.
  public static final Duration EDGE_LIFESPAN = Duration.ofSeconds(16);

  /// Longer than any edge of it lasts.
  public static final Duration LIFESPAN = EDGE_LIFESPAN.plusSeconds(4);

  private final BasicCache<String, EdgesRecord> cache;
  private final Duration lifespan;

  public EdgeStore(BasicCache<String, EdgesRecord> cache) {
    this(cache, LIFESPAN);
  }

  public EdgeStore(BasicCache<String, EdgesRecord> cache, Duration lifespan) {
    this.cache = cache;
    this.lifespan = lifespan;
  }

  /// The edges of a stream, also of one that has none.
  public EdgesRecord find(StreamName stream) {
    EdgesRecord found = cache.get(stream.value());
    return found == null ? EdgesRecord.none(stream) : found;
  }

  /// Puts `next` in the place of `current`, which may be empty as well as `next`, unless somebody
  /// has changed the edges in between.
  public boolean replace(EdgesRecord current, EdgesRecord next) {
    String key = current.stream().value();
    if (current.edges().isEmpty()) {
      return next.edges().isEmpty() || CompareAndSet.putIfAbsent(cache, key, next, lifespan);
    }
    return next.edges().isEmpty()
        ? CompareAndSet.remove(cache, key, current)
        : CompareAndSet.replace(cache, key, current, next, lifespan);
  }

  /// Every stream that has edges. Slow: for when a node has died, not for requests.
  public List<EdgesRecord> all() {
    return List.copyOf(cache.values());
  }
}
