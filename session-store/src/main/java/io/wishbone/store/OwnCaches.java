package io.wishbone.store;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Offers embedded caches, unless the program provides others.
@Singleton
final class OwnCaches {

  @Produces
  @Singleton
  @DefaultBean
  EmbeddedCaches caches() {
    return new EmbeddedCaches();
  }

  void close(@Disposes EmbeddedCaches caches) {
    caches.close();
  }
}
