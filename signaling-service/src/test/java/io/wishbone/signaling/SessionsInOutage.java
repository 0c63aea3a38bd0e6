package io.wishbone.signaling;

import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.SessionStore;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

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
  SessionStore sessions() {
    return new SessionStore(CacheInOutage.of(caches.sessions(), () -> outage));
  }

  @PreDestroy
  void close() {
    caches.close();
  }
}
