package io.wishbone.store.remote;

import io.wishbone.store.StorePatience;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.ExecutionException;
import org.infinispan.commons.api.BasicCache;
import org.jspecify.annotations.Nullable;

/// A cache for which no request waits longer than [StorePatience] lets it.
public final class TimelyCache {

  private TimelyCache() {}

  /// @param far fails by itself some time later, so that nothing piles up
  @SuppressWarnings("unchecked")
  public static <V> BasicCache<String, V> of(BasicCache<String, V> far) {
    return (BasicCache<String, V>)
        Proxy.newProxyInstance(
            TimelyCache.class.getClassLoader(),
            new Class<?>[] {BasicCache.class},
            (_, method, arguments) -> invoke(far, method, arguments));
  }

  private static @Nullable Object invoke(
      BasicCache<?, ?> far, Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    try {
      return StorePatience.<@Nullable Object>call(() -> method.invoke(far, arguments));
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof InvocationTargetException thrown
          ? thrown.getCause()
          : failure.getCause();
    }
  }
}
