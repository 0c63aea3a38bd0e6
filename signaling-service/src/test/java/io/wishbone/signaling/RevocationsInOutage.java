package io.wishbone.signaling;

import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.RevocationRecord;
import io.wishbone.store.RevocationStore;
import io.wishbone.store.StoreUnavailableException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.infinispan.commons.api.BasicCache;

/// The real revocations, on a cache that cannot be reached while a test says so.
@Alternative
@Singleton
class RevocationsInOutage {

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private volatile boolean outage;

  void setOutage(boolean outage) {
    this.outage = outage;
  }

  @Produces
  @Singleton
  @Alternative
  @SuppressWarnings("unchecked")
  RevocationStore revocations() {
    var cache = caches.revocations();
    return new RevocationStore(
        (BasicCache<String, RevocationRecord>)
            Proxy.newProxyInstance(
                RevocationsInOutage.class.getClassLoader(),
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
