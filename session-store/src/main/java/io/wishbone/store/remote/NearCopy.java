package io.wishbone.store.remote;

import io.wishbone.store.StorePatience;
import io.wishbone.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;
import org.infinispan.commons.api.BasicCache;
import org.jspecify.annotations.Nullable;

/// Reads a small cache as a whole, at most every quarter of a second, and answers from the copy:
/// every request looks at the nodes, and each changes a few times a second. A near cache of Hot Rod
/// would not do: it keeps entries whose lifespan is over until the server sweeps them.
///
/// Whoever comes while it is being read waits for that read, and shares its failure as well as what
/// it brings: a store that does not answer is asked once at a time, not by one after the other.
public final class NearCopy<V> {

  /// How old what is read may be.
  static final Duration FRESH = Duration.ofMillis(250);

  private final BasicCache<String, V> far;
  private final LongSupplier clock;
  private volatile Map<String, V> copy = new ConcurrentHashMap<>();
  private volatile long readAt;
  private @Nullable FutureTask<Map<String, V>> reading;
  private final Map<String, V> written = new HashMap<>();

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

  /// What this process has written it has to see, also when a read has begun before.
  @SuppressWarnings("unchecked")
  private synchronized void wrote(String key, Object value) {
    copy.put(key, (V) value);
    written.put(key, (V) value);
  }

  private Map<String, V> fresh() {
    if (isFresh()) {
      return copy;
    }
    try {
      return StorePatience.await(reading());
    } catch (ExecutionException failure) {
      throw new StoreUnavailableException("the cache cannot be read", failure.getCause());
    }
  }

  private boolean isFresh() {
    return clock.getAsLong() - readAt < FRESH.toNanos();
  }

  /// The one read for all who come while it goes on. Its thread is nobody's, for some of them may
  /// wait longer than others.
  private synchronized Future<Map<String, V>> reading() {
    if (isFresh()) {
      return CompletableFuture.completedFuture(copy);
    }
    FutureTask<Map<String, V>> begun = reading;
    if (begun == null) {
      begun = new FutureTask<>(this::read);
      written.clear();
      Thread.ofVirtual().name("near-copy").start(begun);
      reading = begun;
    }
    return begun;
  }

  private Map<String, V> read() {
    try {
      var next = new ConcurrentHashMap<String, V>();
      far.entrySet().forEach(entry -> next.put(entry.getKey(), entry.getValue()));
      show(next);
      return next;
    } finally {
      over();
    }
  }

  private synchronized void show(Map<String, V> next) {
    next.putAll(written);
    copy = next;
    readAt = clock.getAsLong();
  }

  /// Whoever comes from now on, and finds nothing fresh, reads again.
  private synchronized void over() {
    reading = null;
  }
}
