package io.wishbone.store.remote;

import io.wishbone.store.CompareAndSet;
import io.wishbone.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.infinispan.commons.api.BasicCache;
import org.jspecify.annotations.Nullable;

/// Remembers what this process has last read or written of a cache, or has heard that others have,
/// and answers from that while the servers are away, and only then: a pod knows on which nodes
/// sessions are, and can tell those what their clients want. What the servers do not know any more
/// is remembered on: they may have lost it, and whether it is there, its node says.
final class LastSeen<V> {

  private static final System.Logger LOG = System.getLogger(LastSeen.class.getName());

  /// Some tens of megabytes.
  static final int CAPACITY = 50_000;

  private final BasicCache<String, V> far;
  private final Predicate<V> isOfOneWriter;
  private volatile Consumer<V> watcher = _ -> {};
  private final Map<String, Object> seen =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
          return size() > CAPACITY;
        }
      };

  /// @param isOfOneWriter whether nobody else would have written the same value
  LastSeen(BasicCache<String, V> far, Predicate<V> isOfOneWriter) {
    this.far = far;
    this.isOfOneWriter = isOfOneWriter;
  }

  @SuppressWarnings("unchecked")
  BasicCache<String, V> view() {
    return (BasicCache<String, V>)
        Proxy.newProxyInstance(
            LastSeen.class.getClassLoader(),
            new Class<?>[] {BasicCache.class},
            (_, method, arguments) -> invoke(method, arguments));
  }

  private @Nullable Object invoke(Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      Object result = write(method, arguments);
      if (arguments != null && arguments.length > 0 && arguments[0] instanceof String key) {
        note(method.getName(), key, arguments, result);
        if (method.getName().equals("replace")
            && Boolean.TRUE.equals(result)
            && !arguments[1].equals(arguments[2])) {
          tell(arguments[2]);
        }
      }
      return result;
    } catch (InvocationTargetException failure) {
      if (failure.getCause() instanceof StoreUnavailableException
          && method.getName().equals("get")
          && arguments != null) {
        Object last = find((String) arguments[0]);
        if (last != null) {
          return last;
        }
      }
      throw failure.getCause();
    }
  }

  /// A write that was repeated has come through although the servers say no, and others have to
  /// hear of it, too.
  @SuppressWarnings("unchecked")
  private @Nullable Object write(Method method, Object @Nullable [] arguments)
      throws IllegalAccessException, InvocationTargetException {
    if (method.getName().equals("replace")
        && arguments != null
        && arguments.length == 5
        && isOfOneWriter.test((V) arguments[2])
        && arguments[3] instanceof Long lifespan
        && arguments[4] instanceof TimeUnit unit) {
      return CompareAndSet.replace(
          far,
          (String) arguments[0],
          (V) arguments[1],
          (V) arguments[2],
          Duration.of(lifespan, unit.toChronoUnit()));
    }
    return method.invoke(far, arguments);
  }

  /// Hears of every value that this process has written in the place of another one.
  void watch(Consumer<V> next) {
    watcher = next;
  }

  /// What others have done: what there is to be seen now.
  ///
  /// @param change is given what was last seen, null when that is long ago; returns what is to be
  ///   remembered instead, null for nothing
  @SuppressWarnings("unchecked")
  synchronized void heard(String key, Function<@Nullable V, @Nullable V> change) {
    V next = change.apply((V) seen.get(key));
    if (next != null) {
      seen.put(key, next);
    }
  }

  /// What was last seen under this key, null when that is long ago.
  @SuppressWarnings("unchecked")
  synchronized @Nullable V find(String key) {
    return (V) seen.get(key);
  }

  @SuppressWarnings("unchecked")
  private void tell(Object value) {
    try {
      watcher.accept((V) value);
    } catch (RuntimeException failure) {
      // It is written all the same.
      LOG.log(System.Logger.Level.WARNING, "others do not hear of a change", failure);
    }
  }

  private synchronized void note(
      String operation, String key, Object[] arguments, @Nullable Object result) {
    switch (operation) {
      case "get" -> {
        if (result != null) {
          seen.put(key, result);
        }
      }
      case "put" -> seen.put(key, arguments[1]);
      case "replace" -> {
        if (Boolean.TRUE.equals(result)) {
          seen.put(key, arguments[2]);
        }
      }
      case "remove" -> seen.remove(key);
      default -> {
        // Nothing of one entry.
      }
    }
  }
}
