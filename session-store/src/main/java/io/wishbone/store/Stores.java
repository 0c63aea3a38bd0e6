package io.wishbone.store;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Offers the stores, on the caches of the program.
@Singleton
final class Stores {

  private final Caches caches;

  Stores(Caches caches) {
    this.caches = caches;
  }

  @Produces
  @Singleton
  SessionStore sessions() {
    return new SessionStore(caches.sessions());
  }

  @Produces
  @Singleton
  StreamStore streams() {
    return new StreamStore(caches.streams());
  }

  @Produces
  @Singleton
  NodeStore nodes() {
    return new NodeStore(caches.nodes());
  }

  @Produces
  @Singleton
  RevocationStore revocations() {
    return new RevocationStore(caches.revocations());
  }

  @Produces
  @Singleton
  EventStreamStore eventStreams() {
    return new EventStreamStore(caches.eventStreams());
  }

  @Produces
  @Singleton
  DetourStore detours() {
    return new DetourStore(caches.detours());
  }

  @Produces
  @Singleton
  EdgeStore edges() {
    return new EdgeStore(caches.edges());
  }

  @Produces
  @Singleton
  LostNodeStore lostNodes() {
    return new LostNodeStore(caches.lostNodes());
  }
}
