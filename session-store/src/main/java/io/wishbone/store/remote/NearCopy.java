package io.wishbone.store.remote;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.infinispan.commons.api.BasicCache;
import org.jspecify.annotations.Nullable;

/// Reads a small cache as a whole, at most every quarter of a second, and answers from the copy:
/// every request looks at the nodes, and they change once a second. A near cache of Hot Rod would
/// not do: it keeps entries whose lifespan is over until the server sweeps them.
public final class NearCopy<V> {

  /// How old what is read may be.
  static final Duration FRESH = Duration.ofMillis(250);

  private final BasicCache<String, V> far;
  private final LongSupplier clock;
  private volatile Map<String, V> copy = new ConcurrentHashMap<>();
  private volatile long readAt;

  NearCopy(BasicCache<String, V> far) {
    this(far, System::nanoTime);
  }

  /// @param clock nanoseconds
  public NearCopy(BasicCache<String, V> far, LongSupplier clock) {
    this.far = far;
    this.clock = clock;
    this.readAt = clock.getAsLong() - FRESH.toNanos();
  }

  /// The cache for those who use it.
  @SuppressWarnings("unchecked")
  public BasicCache<String, V> view() {
    return (BasicCache<String, V>)
        Proxy.newProxyInstance(
            NearCopy.class.getClassLoader(),
            new Class<?>[] {BasicCache.class},
            (_, method, arguments) -> invoke(method, arguments));
  }

  private @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
    String name = method.getName();
    if (name.equals("values") && arguments == null) {
      return List.copyOf(fresh().values());
    }
    if (name.equals("get") && arguments != null) {
      return fresh().get((String) arguments[0]);
    }
    try {
      Object result = method.invoke(far, arguments);
      if (name.equals("put") && arguments != null) {
        wrote((String) arguments[0], arguments[1]);
      }
      return result;
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  /// What this process has written it has to see.
  @SuppressWarnings("unchecked")
  private synchronized void wrote(String key, Object value) {
    copy.put(key, (V) value);
  }

  private Map<String, V> fresh() {
    if (clock.getAsLong() - readAt < FRESH.toNanos()) {
      return copy;
    }
    return read();
  }

  private synchronized Map<String, V> read() {
    // By somebody else, who was faster.
    if (clock.getAsLong() - readAt >= FRESH.toNanos()) {
      var next = new ConcurrentHashMap<String, V>();
      far.entrySet().forEach(entry -> next.put(entry.getKey(), entry.getValue()));
      copy = next;
      readAt = clock.getAsLong();
    }
    return copy;
  }
}
