package io.wishbone.store;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Offers the stores, on the caches of the program, unless it provides stores of its own.
@Singleton
final class Stores {

  private final Caches caches;

  Stores(Caches caches) {
    this.caches = caches;
  }

  @Produces
  @Singleton
  @DefaultBean
  SessionStore sessions() {
    return new SessionStore(caches.sessions());
  }

  @Produces
  @Singleton
  @DefaultBean
  Remembered remembered() {
    return caches.remembered();
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

  @Produces
  @Singleton
  @DefaultBean
  LostNodeStore lostNodes() {
    return new LostNodeStore(caches.lostNodes());
  }
}
