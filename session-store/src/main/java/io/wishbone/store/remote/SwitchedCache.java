package io.wishbone.store.remote;

import io.wishbone.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.infinispan.commons.api.BasicCache;
import org.jspecify.annotations.Nullable;

/// A cache that may be away: whatever goes wrong with the servers is one exception, and what is
/// known to be in vain is not tried.
final class SwitchedCache {

  private final CacheKind kind;
  private volatile @Nullable BasicCache<?, ?> target;

  SwitchedCache(CacheKind kind) {
    this.kind = kind;
  }

  CacheKind kind() {
    return kind;
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
    try {
      Object result = method.invoke(cache, arguments);
      // A remote cache fetches values while they are looked at, which can fail as well.
      return switch (method.getName()) {
        case "values" -> List.copyOf((Collection<?>) result);
        case "entrySet" -> Set.copyOf((Collection<?>) result);
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

  private StoreUnavailableException unavailable(@Nullable Throwable cause) {
    return new StoreUnavailableException(
        "Infinispan did not answer about " + kind.cacheName(), cause);
  }
}
