package io.wishbone.signaling;

import io.wishbone.store.EdgeStore;
import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.EventStreamStore;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import io.wishbone.store.RevocationStore;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamStore;
import io.wishbone.store.remote.NearCopy;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.infinispan.commons.api.BasicCache;

/// The real stores, on caches that count what is asked of them, beneath the copy of the nodes that
/// each pod of a cluster has.
@Alternative
@Singleton
class CountingStores {

  /// They look at the nodes now and then, whatever happens.
  private static final Set<String> WATCHES = Set.of("node-watch", "store-health", "lost-nodes");

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicInteger scans = new AtomicInteger();

  /// @param scans of all nodes, or all of anything else
  record Count(int reads, int writes, int scans) {

    Count minus(Count before) {
      return new Count(reads - before.reads, writes - before.writes, scans - before.scans);
    }
  }

  Count count() {
    return new Count(reads.get(), writes.get(), scans.get());
  }

  @Produces
  @Singleton
  @Alternative
  SessionStore sessions() {
    return new SessionStore(counted(caches.sessions()));
  }

  @Produces
  @Singleton
  @Alternative
  StreamStore streams() {
    return new StreamStore(counted(caches.streams()));
  }

  @Produces
  @Singleton
  @Alternative
  NodeStore nodes() {
    // As in a cluster, and in a time that stands still: no look is too old, and what this process
    // writes it sees.
    return new NodeStore(
        new NearCopy<NodeRecord>(counted(caches.nodes()), () -> 0).view(), Duration.ofHours(1));
  }

  @Produces
  @Singleton
  @Alternative
  EdgeStore edges() {
    return new EdgeStore(counted(caches.edges()), Duration.ofHours(1));
  }

  @Produces
  @Singleton
  @Alternative
  EventStreamStore eventStreams() {
    return new EventStreamStore(counted(caches.eventStreams()));
  }

  @Produces
  @Singleton
  @Alternative
  RevocationStore revocations() {
    return new RevocationStore(counted(caches.revocations()));
  }

  @PreDestroy
  void close() {
    caches.close();
  }

  @SuppressWarnings("unchecked")
  private <V> BasicCache<String, V> counted(BasicCache<String, V> cache) {
    return (BasicCache<String, V>)
        Proxy.newProxyInstance(
            CountingStores.class.getClassLoader(),
            new Class<?>[] {BasicCache.class},
            (_, method, arguments) -> {
              if (!WATCHES.contains(Thread.currentThread().getName())) {
                count(method.getName());
              }
              try {
                return method.invoke(cache, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void count(String operation) {
    switch (operation) {
      case "get" -> reads.incrementAndGet();
      case "values", "entrySet" -> scans.incrementAndGet();
      default -> writes.incrementAndGet();
    }
  }
}
