package io.wishbone.signaling;

import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamStore;
import io.wishbone.store.remote.TimelyCache;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import org.infinispan.commons.api.BasicCache;

/// The real sessions and streams, on caches that do not answer while a test says so. What they were
/// asked meanwhile they do afterwards.
@Alternative
@Singleton
class FrozenStores {

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private volatile CountDownLatch thawed = new CountDownLatch(0);

  void freeze() {
    thawed = new CountDownLatch(1);
  }

  void thaw() {
    thawed.countDown();
  }

  @Produces
  @Singleton
  @Alternative
  SessionStore sessions() {
    return new SessionStore(TimelyCache.of(cold(caches.sessions())));
  }

  @Produces
  @Singleton
  @Alternative
  StreamStore streams() {
    return new StreamStore(TimelyCache.of(cold(caches.streams())));
  }

  @PreDestroy
  void close() {
    thaw();
    caches.close();
  }

  @SuppressWarnings("unchecked")
  private <V> BasicCache<String, V> cold(BasicCache<String, V> cache) {
    return (BasicCache<String, V>)
        Proxy.newProxyInstance(
            FrozenStores.class.getClassLoader(),
            new Class<?>[] {BasicCache.class},
            (_, method, arguments) -> {
              thawed.await();
              try {
                return method.invoke(cache, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
