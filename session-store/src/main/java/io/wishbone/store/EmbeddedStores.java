package io.wishbone.store;

import io.quarkus.arc.DefaultBean;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Offers the stores on embedded caches, unless the program provides stores of its own.
@Singleton
final class EmbeddedStores {

  private final EmbeddedCaches caches = new EmbeddedCaches();

  @Produces
  @Singleton
  @DefaultBean
  SessionStore sessions() {
    return new SessionStore(caches.sessions());
  }

  @Produces
  @Singleton
  @DefaultBean
  StreamStore streams() {
    return new StreamStore(caches.streams());
  }

  @Produces
  @Singleton
  @DefaultBean
  NodeStore nodes() {
    return new NodeStore(caches.nodes());
  }

  @Produces
  @Singleton
  @DefaultBean
  RevocationStore revocations() {
    return new RevocationStore(caches.revocations());
  }

  @Produces
  @Singleton
  @DefaultBean
  EventStreamStore eventStreams() {
    return new EventStreamStore(caches.eventStreams());
  }

  @Produces
  @Singleton
  @DefaultBean
  DetourStore detours() {
    return new DetourStore(caches.detours());
  }

  @Produces
  @Singleton
  @DefaultBean
  EdgeStore edges() {
    return new EdgeStore(caches.edges());
  }

  @PreDestroy
  void close() {
    caches.close();
  }
}
