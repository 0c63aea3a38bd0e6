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
    caches = emptyCaches();
  }

  /// Embedded ones, which are closed after the test; others that somebody else closes.
  protected Caches emptyCaches() {
    return new EmbeddedCaches();
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

  /// R1 asks for three seconds from the death of a node; what comes on top is a tenth of it.
  @Test
  void keepsANodeThatStandsStillForTwoSecondsAndNoDeadOneForThree() {
    assertThat(NodeStore.LIFESPAN.minus(NodeHeartbeat.INTERVAL))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    assertThat(NodeStore.LIFESPAN).isLessThanOrEqualTo(Duration.ofMillis(2_600));
  }

  private static NodeRecord report(int publishers) {
    return NodeRecord.of(
        new NodeHeartbeat(NODE, "eu", "eu-1", publishers, 3, 100, false), Instant.EPOCH);
  }
}
