package io.wishbone.store.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import io.wishbone.store.RemoteIce;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StoreUnavailableException;
import io.wishbone.store.StreamRecord;
import io.wishbone.store.StreamStore;
import io.wishbone.store.UnreadableEntryException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.infinispan.commons.api.BasicCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Entries that cannot be read, as the marshaller brings them, between others.
class SwitchedCacheTest {

  private static final NodeId NODE = new NodeId("node-1");
  private static final StreamName STREAM = new StreamName("live");
  private static final SessionId POISON = new SessionId("%022d".formatted(2));

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private final List<String> logged = new ArrayList<>();
  private final Logger logger = Logger.getLogger(SwitchedCache.class.getName());
  private final Handler reader =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          logged.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void read() {
    logger.addHandler(reader);
  }

  @AfterEach
  void stop() {
    logger.removeHandler(reader);
    caches.close();
  }

  private static SwitchedCache on(CacheKind kind, BasicCache<?, ?> target) {
    var cache = new SwitchedCache(kind);
    cache.switchTo(target);
    return cache;
  }

  @SuppressWarnings("unchecked")
  private static void poison(BasicCache<String, ?> cache, String key) {
    ((BasicCache<String, Object>) cache).put(key, new UnreadableEntry("the test says so"));
  }

  private static SessionRecord session(int number) {
    return new SessionRecord(
        new SessionId("%022d".formatted(number)),
        STREAM,
        SessionRole.PUBLISHER,
        NODE,
        SessionState.OPEN,
        "tag",
        new RemoteIce("ufrag", "password"),
        null,
        Instant.EPOCH);
  }

  @Test
  void hidesNoOtherEntryBehindOneThatCannotBeRead() {
    SwitchedCache cache = on(CacheKind.SESSIONS, caches.sessions());
    var sessions =
        new SessionStore(new LastSeen<SessionRecord>(cache.view(), _ -> true).view());
    sessions.add(session(1));
    poison(caches.sessions(), POISON.value());
    sessions.add(session(3));

    assertThat(sessions.all()).containsExactlyInAnyOrder(session(1), session(3));
    assertThat(sessions.find(session(3).id())).isEqualTo(session(3));
    assertThatThrownBy(() -> sessions.find(POISON)).isInstanceOf(UnreadableEntryException.class);
    assertThatThrownBy(() -> sessions.end(POISON)).isInstanceOf(UnreadableEntryException.class);
    assertThat(sessions.replace(session(2), session(2).withState(SessionState.ENDED))).isFalse();

    assertThat(cache.unreadable()).isEqualTo(5);
    assertThat(logged).hasSize(1);

    // It can be taken away, and its place be used again.
    sessions.remove(POISON);
    sessions.add(session(2));
    assertThat(sessions.all()).hasSize(3);
  }

  @Test
  void findsNodesBesideOneThatCannotBeRead() {
    SwitchedCache cache = on(CacheKind.NODES, caches.nodes());
    poison(caches.nodes(), "node-2");
    var nodes = new NodeStore(new NearCopy<NodeRecord>(cache.view()).view());
    var node = new NodeRecord(NODE, "", "", 0, 0, 0, false, Instant.EPOCH);
    nodes.put(node);

    assertThat(nodes.all()).containsExactly(node);
    assertThat(nodes.find(new NodeId("node-2"))).isNull();
    // It reports itself to a process of this version.
    nodes.put(new NodeRecord(new NodeId("node-2"), "", "", 0, 0, 0, false, Instant.EPOCH));
    assertThat(nodes.isAlive(new NodeId("node-2"))).isTrue();
  }

  @Test
  void doesNotTakeAStreamForFreeWhosePublisherCannotBeRead() {
    SwitchedCache cache = on(CacheKind.STREAMS, caches.streams());
    poison(caches.streams(), STREAM.value());
    var streams = new StreamStore(cache.view());

    assertThatThrownBy(() -> streams.claim(StreamRecord.of(session(1))))
        .isInstanceOf(UnreadableEntryException.class);
    assertThat(streams.all()).isEmpty();
  }

  @Test
  void countsWhatIsOfAnotherKind() {
    SwitchedCache cache = on(CacheKind.SESSIONS, caches.nodes());
    caches.nodes().put("node", new NodeRecord(NODE, "", "", 0, 0, 0, false, Instant.EPOCH));
    assertThat(new SessionStore(cache.view()).all()).isEmpty();
    assertThat(cache.unreadable()).isEqualTo(1);
  }

  @Test
  void isAwayWithoutServers() {
    SwitchedCache cache = on(CacheKind.SESSIONS, caches.sessions());
    cache.switchTo(null);
    assertThatThrownBy(() -> new SessionStore(cache.view()).find(POISON))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(cache.unreadable()).isZero();
  }
}
