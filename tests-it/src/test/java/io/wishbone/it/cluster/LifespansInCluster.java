package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.store.Caches;
import io.wishbone.store.DetourStore;
import io.wishbone.store.Edge;
import io.wishbone.store.EdgeStore;
import io.wishbone.store.EdgesRecord;
import io.wishbone.store.EventStreamRecord;
import io.wishbone.store.EventStreamStore;
import io.wishbone.store.LostNodeStore;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import io.wishbone.store.RemoteIce;
import io.wishbone.store.RevocationKind;
import io.wishbone.store.RevocationRecord;
import io.wishbone.store.RevocationStore;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamRecord;
import io.wishbone.store.StreamStore;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.infinispan.client.hotrod.MetadataValue;
import org.infinispan.client.hotrod.RemoteCache;
import org.infinispan.client.hotrod.RemoteCacheManager;
import org.infinispan.client.hotrod.configuration.ConfigurationBuilder;
import org.infinispan.commons.util.CloseableIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Nothing on the server is immortal, whatever the stores do, and whatever others do.
class LifespansInCluster {

  private static final NodeId NODE = new NodeId("node-1");
  private static final StreamName STREAM = new StreamName("live");

  private final Caches caches = ServerCaches.empty();
  private RemoteCacheManager manager;

  @BeforeEach
  void connect() {
    manager =
        new RemoteCacheManager(
            new ConfigurationBuilder().addServers(ServerCaches.address()).build());
  }

  @AfterEach
  void clean() {
    manager.close();
    ServerCaches.empty();
  }

  private Set<String> ours() {
    Set<String> names = new TreeSet<>(manager.getCacheNames());
    names.removeIf(name -> !name.startsWith("wishbone-"));
    return names;
  }

  private static SessionRecord session(int number) {
    return new SessionRecord(
        new SessionId("%022d".formatted(number)),
        STREAM,
        SessionRole.PUBLISHER,
        NODE,
        SessionState.OPENING,
        "tag",
        new RemoteIce("ufrag", "password"),
        null,
        Instant.EPOCH);
  }

  /// Every way in which something is written.
  private void write() {
    var sessions = new SessionStore(caches.sessions());
    for (int i = 1; i <= 6; i++) {
      sessions.add(session(i));
    }
    for (int i = 2; i <= 5; i++) {
      sessions.replace(session(i), session(i).withState(SessionState.OPEN));
    }
    sessions.renew(session(3).id());
    sessions.end(session(4).id());
    sessions.endLost(session(5).id());
    sessions.replace(session(6), session(6).withState(SessionState.PENDING));
    sessions.restore(session(7).withState(SessionState.OPEN));

    var streams = new StreamStore(caches.streams());
    for (int i = 1; i <= 3; i++) {
      var stream = new StreamName("stream-" + i);
      var first = new StreamRecord(stream, session(1).id(), NODE, null, Instant.EPOCH);
      streams.claim(first);
      if (i == 2) {
        streams.renew(stream, first.publisher());
      } else if (i == 3) {
        streams.replace(
            first, new StreamRecord(stream, session(2).id(), NODE, null, Instant.EPOCH));
      }
    }

    new NodeStore(caches.nodes(), Duration.ofMinutes(1))
        .put(new NodeRecord(NODE, "", "", 0, 0, 0, false, Instant.EPOCH));
    new RevocationStore(caches.revocations())
        .put(
            new RevocationRecord(
                RevocationKind.KEY, "camera", Instant.EPOCH, Instant.EPOCH.plusSeconds(60)));
    var events = new EventStreamStore(caches.eventStreams());
    events.add(session(1).id(), new EventStreamRecord("one", List.of("active")), _ -> true);
    events.add(session(2).id(), new EventStreamRecord("one", List.of("active")), _ -> true);
    events.add(session(2).id(), new EventStreamRecord("two", List.of("active")), _ -> true);
    events.renew(session(2).id());
    events.remove(session(2).id(), "one");
    new DetourStore(caches.detours()).add(STREAM, URI.create("https://one.example.com"));
    new LostNodeStore(caches.lostNodes()).claim(NODE, "somebody");
    var edges = new EdgeStore(caches.edges());
    var one =
        new EdgesRecord(STREAM, List.of(new Edge(new NodeId("node-2"), NODE, Instant.EPOCH)), 1);
    edges.replace(EdgesRecord.none(STREAM), one);
    edges.replace(
        one,
        new EdgesRecord(
            STREAM,
            List.of(new Edge(new NodeId("node-2"), NODE, Instant.EPOCH.plusSeconds(1))),
            2));
  }

  @Test
  void allThatTheStoresWriteHasALifespan() {
    write();
    assertThat(ours()).hasSize(8);
    int seen = 0;
    for (String name : ours()) {
      RemoteCache<String, byte[]> cache = ServerCaches.raw(manager, name);
      int entries = 0;
      try (CloseableIterator<Map.Entry<Object, MetadataValue<Object>>> all =
          cache.retrieveEntriesWithMetadata(null, 100)) {
        while (all.hasNext()) {
          var entry = all.next();
          assertThat(entry.getValue().getLifespan())
              .as("seconds of %s in %s", entry.getKey(), name)
              .isPositive();
          entries++;
        }
      }
      assertThat(entries).as(name).isPositive();
      seen += entries;
    }
    System.out.printf("lifespans: %d entries of %d caches, none immortal%n", seen, ours().size());
  }

  @Test
  void whatSomebodyWritesWithoutALifespanHasThatOfTheCache() {
    for (String name : ours()) {
      RemoteCache<String, String> cache = manager.getCache(name);
      cache.put("somebody's", "entry");
      MetadataValue<String> written = cache.getWithMetadata("somebody's");
      assertThat(written.getLifespan()).as("seconds in %s", name).isPositive();
    }
  }
}
