package io.wishbone.store.remote;

import io.wishbone.store.StoreUnavailableException;
import io.wishbone.store.UnreadableEntryException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.infinispan.commons.api.BasicCache;
import org.jspecify.annotations.Nullable;

/// A cache that may be away: whatever goes wrong with the servers is one exception, and what is
/// known to be in vain is not tried.
///
/// An entry that cannot be read is something else. Looks at all entries pass it over, a look at it
/// alone fails with an exception of its own, and it stays as it is: a newer version may have put it
/// there.
final class SwitchedCache {

  private static final System.Logger LOG = System.getLogger(SwitchedCache.class.getName());

  /// In the place of a key that is not known, or is ours.
  private static final String ANY = "";

  private final CacheKind kind;
  private final AtomicLong unreadable = new AtomicLong();
  private volatile @Nullable BasicCache<?, ?> target;

  SwitchedCache(CacheKind kind) {
    this.kind = kind;
  }

  CacheKind kind() {
    return kind;
  }

  /// How often an entry was met that could not be read.
  long unreadable() {
    return unreadable.get();
  }

  /// From now on, operations go there; nowhere when null.
  void switchTo(@Nullable BasicCache<?, ?> cache) {
    target = cache;
  }

  /// The cache for those who use it.
  @SuppressWarnings("unchecked")
  <V> BasicCache<String, V> view() {
    return (BasicCache<String, V>)
        Proxy.newProxyInstance(
            SwitchedCache.class.getClassLoader(),
            new Class<?>[] {BasicCache.class},
            (_, method, arguments) -> invoke(method, arguments));
  }

  private @Nullable Object invoke(Method method, Object @Nullable [] arguments) {
    BasicCache<?, ?> cache = target;
    if (cache == null) {
      throw new StoreUnavailableException("Infinispan cannot be reached", null);
    }
    Object result = result(cache, method, arguments);
    return result == null ? null : readable(method.getName(), result);
  }

  private @Nullable Object result(
      BasicCache<?, ?> cache, Method method, Object @Nullable [] arguments) {
    try {
      Object result = method.invoke(cache, arguments);
      // A remote cache fetches values while they are looked at, which can fail as well.
      return switch (method.getName()) {
        case "values", "entrySet" -> List.copyOf((Collection<?>) result);
        default -> result;
      };
    } catch (InvocationTargetException failure) {
      throw unavailable(failure.getCause());
    } catch (IllegalAccessException failure) {
      throw new IllegalStateException(failure);
    } catch (RuntimeException failure) {
      throw unavailable(failure);
    }
  }

  private @Nullable Object readable(String operation, Object result) {
    return switch (operation) {
      case "values" -> ((List<?>) result).stream().filter(value -> isReadable(ANY, value)).toList();
      case "entrySet" ->
          ((List<?>) result)
              .stream()
                  .map(entry -> (Map.Entry<?, ?>) entry)
                  .filter(entry -> isReadable(entry.getKey(), entry.getValue()))
                  .collect(Collectors.toUnmodifiableSet());
      case "get", "putIfAbsent" -> {
        if (!isReadable(ANY, result)) {
          throw new UnreadableEntryException("cannot read an entry of " + kind.cacheName());
        }
        yield result;
      }
      // What was there before, and is there no more.
      case "put", "remove" -> result instanceof Boolean || isReadable(ANY, result) ? result : null;
      default -> result;
    };
  }

  private boolean isReadable(Object key, Object value) {
    boolean holds = key instanceof String && kind.holds(value);
    if (!holds && unreadable.getAndIncrement() == 0) {
      String why =
          value instanceof UnreadableEntry entry ? entry.why() : value.getClass().getName();
      LOG.log(
          System.Logger.Level.ERROR,
          "{0} holds what cannot be read, and is passed over; more of it is only counted: {1}",
          kind.cacheName(),
          why);
    }
    return holds;
  }

  private StoreUnavailableException unavailable(@Nullable Throwable cause) {
    return new StoreUnavailableException(
        "Infinispan did not answer about " + kind.cacheName(), cause);
  }
}
