package io.wishbone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// With caches of this process; and with caches of a server, see tests-it.
public class NodeStoreTest {

  private static final NodeId NODE = new NodeId("node-1");

  private final Caches caches;

  public NodeStoreTest() {
    this(new EmbeddedCaches());
  }

  /// Empty ones, which the caller closes unless they are embedded.
  protected NodeStoreTest(Caches caches) {
    this.caches = caches;
  }

  @AfterEach
  void stop() {
    if (caches instanceof EmbeddedCaches own) {
      own.close();
    }
  }

  @Test
  void knowsANodeAsItLastReportedItself() {
    var store = new NodeStore(caches.nodes(), Duration.ofMinutes(1));
    store.put(report(1));
    store.put(report(2));

    assertThat(store.isAlive(NODE)).isTrue();
    assertThat(store.all())
        .containsExactly(new NodeRecord(NODE, "eu", "eu-1", 2, 3, 100, false, Instant.EPOCH))
        .first()
        .extracting(NodeRecord::sessions)
        .isEqualTo(5);
  }

  @Test
  void forgetsANodeThatFallsSilent() {
    var store = new NodeStore(caches.nodes(), Duration.ofMillis(50));
    store.put(report(1));
    await().until(() -> !store.isAlive(NODE));
    assertThat(store.all()).isEmpty();
  }

  private static NodeRecord report(int publishers) {
    return NodeRecord.of(
        new NodeHeartbeat(NODE, "eu", "eu-1", publishers, 3, 100, false), Instant.EPOCH);
  }
}
