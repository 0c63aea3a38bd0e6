package io.wishbone.signaling;

import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StoreUnavailableException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.infinispan.commons.api.BasicCache;

/// The real sessions, on a cache that cannot be reached while a test says so.
@Alternative
@Singleton
class SessionsInOutage {

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private volatile boolean outage;

  void setOutage(boolean outage) {
    this.outage = outage;
  }

  @Produces
  @Singleton
  @Alternative
  @SuppressWarnings("unchecked")
  SessionStore sessions() {
    var cache = caches.sessions();
    return new SessionStore(
        (BasicCache<String, SessionRecord>)
            Proxy.newProxyInstance(
                SessionsInOutage.class.getClassLoader(),
                new Class<?>[] {BasicCache.class},
                (_, method, arguments) -> {
                  if (outage) {
                    throw new StoreUnavailableException("the test has taken it away", null);
                  }
                  try {
                    return method.invoke(cache, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                }));
  }

  @PreDestroy
  void close() {
    caches.close();
  }
}
