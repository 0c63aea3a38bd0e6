package io.wishbone.signaling;

import io.wishbone.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import org.infinispan.commons.api.BasicCache;

/// A real cache that cannot be reached while a test says so.
final class CacheInOutage {

  private CacheInOutage() {}

  static <V> BasicCache<String, V> of(BasicCache<String, V> cache, BooleanSupplier outage) {
    return of(cache, (_, _) -> outage.getAsBoolean());
  }

  /// @param outage is given the name of an operation and its arguments
  @SuppressWarnings("unchecked")
  static <V> BasicCache<String, V> of(
      BasicCache<String, V> cache, BiPredicate<String, Object[]> outage) {
    return (BasicCache<String, V>)
        Proxy.newProxyInstance(
            CacheInOutage.class.getClassLoader(),
            new Class<?>[] {BasicCache.class},
            (_, method, arguments) -> {
              if (outage.test(method.getName(), arguments == null ? new Object[0] : arguments)) {
                throw new StoreUnavailableException("the test has taken it away", null);
              }
              try {
                return method.invoke(cache, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
