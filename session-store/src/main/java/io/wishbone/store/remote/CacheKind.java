package io.wishbone.store.remote;

import io.wishbone.store.DetourStore;
import io.wishbone.store.EdgesRecord;
import io.wishbone.store.EventStreamsRecord;
import io.wishbone.store.LostNodeStore;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import io.wishbone.store.RevocationRecord;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamRecord;
import java.time.Duration;

/// The caches on the server, and how they are made there if they are missing. Each has a lifespan
/// of its own for entries that come without one, so that nothing is immortal; those of the stores
/// are as long or shorter.
enum CacheKind {
  SESSIONS("sessions", SessionRecord.class, SessionStore.LONGEST_LIFESPAN, 0),
  STREAMS("streams", StreamRecord.class, SessionStore.OPEN_LIFESPAN, 0),
  NODES("nodes", NodeRecord.class, NodeStore.LIFESPAN, 0),
  /// A revocation says itself how long it holds.
  REVOCATIONS("revocations", RevocationRecord.class, Duration.ofDays(366), 0),
  EVENT_STREAMS("event-streams", EventStreamsRecord.class, SessionStore.OPEN_LIFESPAN, 0),
  DETOURS("detours", String.class, DetourStore.LIFESPAN, 100_000),
  EDGES("edges", EdgesRecord.class, SessionStore.OPEN_LIFESPAN, 0),
  LOST_NODES("lost-nodes", String.class, LostNodeStore.LIFESPAN, 0);

  private final String cacheName;
  private final Class<?> value;
  private final Duration lifespan;
  private final int most;

  /// @param most entries, 0 for no limit
  CacheKind(String cacheName, Class<?> value, Duration lifespan, int most) {
    this.cacheName = "wishbone-" + cacheName;
    this.value = value;
    this.lifespan = lifespan;
    this.most = most;
  }

  String cacheName() {
    return cacheName;
  }

  /// Whether the cache may hold this; what else is found there cannot be read.
  boolean holds(Object found) {
    return value.isInstance(found);
  }

  /// In memory, each entry at two servers where there are two. Servers that do not see each other
  /// go on, each part by itself, so that one of two that is left serves; afterwards one of two
  /// entries is kept, and what one part alone has is back, although the other one may have removed
  /// it. Which of it lives is for nodes to say.
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
