package io.wishbone.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.infinispan.commons.api.BasicCache;

/// A cache every write to which happens twice, of which the second answer is given: what a client
/// does whose server died with the first one on the way.
public final class RepeatedWrites {

  private static final Set<String> WRITES = Set.of("put", "putIfAbsent", "replace", "remove");

  private RepeatedWrites() {}

  @SuppressWarnings("unchecked")
  public static <V> BasicCache<String, V> of(BasicCache<String, V> cache) {
    return (BasicCache<String, V>)
        Proxy.newProxyInstance(
            RepeatedWrites.class.getClassLoader(),
            new Class<?>[] {BasicCache.class},
            (_, method, arguments) -> {
              try {
                if (WRITES.contains(method.getName())) {
                  method.invoke(cache, arguments);
                }
                return method.invoke(cache, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }
}
