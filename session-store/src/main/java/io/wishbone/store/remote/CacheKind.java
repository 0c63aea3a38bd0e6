package io.wishbone.store.remote;

import io.wishbone.store.DetourStore;
import io.wishbone.store.LostNodeStore;
import io.wishbone.store.NodeStore;
import io.wishbone.store.SessionStore;
import java.time.Duration;

/// The caches on the server, and how they are made there if they are missing. Each has a lifespan
/// of its own for entries that come without one, so that nothing is immortal; those of the stores
/// are as long or shorter.
enum CacheKind {
  SESSIONS("sessions", SessionStore.LONGEST_LIFESPAN, 0),
  STREAMS("streams", SessionStore.OPEN_LIFESPAN, 0),
  NODES("nodes", NodeStore.LIFESPAN, 0),
  /// A revocation says itself how long it holds.
  REVOCATIONS("revocations", Duration.ofDays(366), 0),
  EVENT_STREAMS("event-streams", SessionStore.OPEN_LIFESPAN, 0),
  DETOURS("detours", DetourStore.LIFESPAN, 100_000),
  EDGES("edges", SessionStore.OPEN_LIFESPAN, 0),
  LOST_NODES("lost-nodes", LostNodeStore.LIFESPAN, 0);

  private final String cacheName;
  private final Duration lifespan;
  private final int most;

  /// @param most entries, 0 for no limit
  CacheKind(String cacheName, Duration lifespan, int most) {
    this.cacheName = "wishbone-" + cacheName;
    this.lifespan = lifespan;
    this.most = most;
  }

  String cacheName() {
    return cacheName;
  }

  /// In memory, each entry at two servers where there are two. Servers that do not see each other
  /// go on, each part by itself, so that one of two that is left serves; afterwards one of two
  /// entries is kept, and the publisher that has lost its stream is ended.
  String configuration() {
    return """
    <distributed-cache mode="SYNC" owners="2" statistics="true">
      <encoding media-type="application/x-protostream"/>
      <partition-handling when-split="ALLOW_READ_WRITES" merge-policy="PREFERRED_NON_NULL"/>
      <expiration lifespan="%d" interval="5000"/>
      %s
    </distributed-cache>
    """
        .formatted(
            lifespan.toMillis(),
            most == 0 ? "" : "<memory max-count=\"%d\" when-full=\"REMOVE\"/>".formatted(most));
  }
}
