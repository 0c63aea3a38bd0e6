package io.wishbone.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import io.wishbone.store.RemoteIce;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import io.wishbone.store.UnreadableEntryException;
import io.wishbone.store.remote.RemoteCaches;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.infinispan.client.hotrod.RemoteCache;
import org.infinispan.client.hotrod.RemoteCacheManager;
import org.infinispan.client.hotrod.configuration.ConfigurationBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What another version, or somebody else, has put into a real server.
class UnreadableEntriesInCluster {

  private static final NodeId NODE = new NodeId("node-1");

  private final RemoteCaches caches = (RemoteCaches) ServerCaches.empty();
  private final SessionStore sessions = new SessionStore(caches.sessions());
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

  private RemoteCache<String, byte[]> raw(String name) {
    return ServerCaches.raw(manager, name);
  }

  private static SessionRecord session(int number, SessionState state) {
    return new SessionRecord(
        new SessionId("%022d".formatted(number)),
        new StreamName("live"),
        SessionRole.PUBLISHER,
        NODE,
        state,
        "tag",
        new RemoteIce("ufrag", "password"),
        null,
        Instant.EPOCH);
  }

  @Test
  void hideNoOthers() {
    SessionRecord good = session(1, SessionState.OPEN);
    SessionRecord newer = session(2, SessionState.PENDING);
    SessionRecord junk = session(3, SessionState.OPEN);
    for (SessionRecord each : new SessionRecord[] {good, newer, junk}) {
      sessions.add(each);
    }
    RemoteCache<String, byte[]> raw = raw("wishbone-sessions");
    byte[] written = raw.get(newer.id().value());
    String text = new String(written, StandardCharsets.ISO_8859_1).replace("PENDING", "FUTURES");
    raw.put(newer.id().value(), text.getBytes(StandardCharsets.ISO_8859_1), 1, TimeUnit.MINUTES);
    raw.put(junk.id().value(), new byte[] {1, 2, 3}, 1, TimeUnit.MINUTES);
    long before = caches.unreadable();

    assertThat(sessions.all())
        .containsExactlyInAnyOrder(good, newer.withState(SessionState.UNKNOWN));
    assertThat(sessions.find(newer.id())).isEqualTo(newer.withState(SessionState.UNKNOWN));
    assertThat(sessions.renew(newer.id())).isNull();
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> sessions.find(junk.id()))
          .isInstanceOf(UnreadableEntryException.class);
      assertThat(sessions.find(good.id())).isEqualTo(good);
    }
    assertThat(caches.unreadable() - before).isEqualTo(21);
    assertThat(caches.isReachable()).isTrue();

    // It can be ended all the same, by compare-and-set.
    assertThat(sessions.end(newer.id())).isEqualTo(newer.withState(SessionState.UNKNOWN));
    assertThat(new String(raw.get(newer.id().value()), StandardCharsets.ISO_8859_1))
        .contains("ENDED");
  }

  @Test
  void hideNoNodes() {
    raw("wishbone-nodes").put("node-2", new byte[] {1, 2, 3}, 1, TimeUnit.MINUTES);
    var nodes = new NodeStore(caches.nodes());
    var node = new NodeRecord(NODE, "", "", 0, 0, 0, false, Instant.EPOCH);
    nodes.put(node);
    assertThat(nodes.all()).containsExactly(node);
  }
}
