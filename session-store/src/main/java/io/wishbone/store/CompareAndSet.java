package io.wishbone.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.infinispan.commons.api.BasicCache;

/// Conditional writes to a server that may die between the write and its answer. The client then
/// repeats the write at another server, where it finds its own value and is told that it came too
/// late. So whoever is refused looks whether what it wanted is there: values that are written like
/// this are not written by anybody else.
public final class CompareAndSet {

  private CompareAndSet() {}

  /// @return whether `value` is there now
  static <V> boolean putIfAbsent(
      BasicCache<String, V> cache, String key, V value, Duration lifespan) {
    V present = cache.putIfAbsent(key, value, lifespan.toMillis(), TimeUnit.MILLISECONDS);
    return present == null || present.equals(value);
  }

  /// @return whether `next` is there now
  public static <V> boolean replace(
      BasicCache<String, V> cache, String key, V current, V next, Duration lifespan) {
    return cache.replace(key, current, next, lifespan.toMillis(), TimeUnit.MILLISECONDS)
        || isThere(cache, key, next);
  }

  /// What cannot be read is somebody else's.
  private static <V> boolean isThere(BasicCache<String, V> cache, String key, V value) {
    try {
      return value.equals(cache.get(key));
    } catch (UnreadableEntryException _) {
      return false;
    }
  }

  /// @return whether nothing is there now
  static <V> boolean remove(BasicCache<String, V> cache, String key, V current) {
    try {
      return cache.remove(key, current) || cache.get(key) == null;
    } catch (UnreadableEntryException _) {
      return false;
    }
  }
}
