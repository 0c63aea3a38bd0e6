package io.wishbone.signaling;

import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionStore;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Predicate;

/// The real sessions, on a cache that cannot be reached while a test says so, or for what it says.
/// Tombstones are brief.
@Alternative
@Singleton
class SessionsInOutage {

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private volatile boolean outage;
  private volatile Predicate<SessionRecord> unwritable = _ -> false;

  void setOutage(boolean outage) {
    this.outage = outage;
  }

  /// Fails to put such a session in the place of another one.
  void failToReplaceBy(Predicate<SessionRecord> next) {
    unwritable = next;
  }

  private boolean fails(String operation, Object[] arguments) {
    return outage || operation.equals("replace") && unwritable.test((SessionRecord) arguments[2]);
  }

  @Produces
  @Singleton
  @Alternative
  SessionStore sessions() {
    return new SessionStore(
        CacheInOutage.of(caches.sessions(), this::fails),
        SessionStore.OPENING_LIFESPAN,
        SessionStore.OPEN_LIFESPAN,
        Duration.ofSeconds(1));
  }

  @PreDestroy
  void close() {
    caches.close();
  }
}
