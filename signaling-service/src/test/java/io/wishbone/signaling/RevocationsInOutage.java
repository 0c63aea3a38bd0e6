package io.wishbone.signaling;

import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.RevocationStore;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

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
  RevocationStore revocations() {
    return new RevocationStore(CacheInOutage.of(caches.revocations(), () -> outage));
  }

  @PreDestroy
  void close() {
    caches.close();
  }
}
