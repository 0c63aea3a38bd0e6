package io.wishbone.signaling.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Every process hears a report, and one stores it.
class NodeReportsTest {

  private static final NodeId NODE = new NodeId("node-1");
  private static final Instant BEGIN = Instant.parse("2026-11-26T12:00:00Z");

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private final NodeStore nodes = new NodeStore(caches.nodes(), Duration.ofMinutes(1));
  private Instant now = BEGIN;
  private final NodeReports reports = new NodeReports(nodes, () -> now);

  @AfterEach
  void stop() {
    caches.close();
  }

  private static NodeHeartbeat heartbeat(int publishers, boolean draining) {
    return new NodeHeartbeat(NODE, "", "", publishers, 0, 10, draining);
  }

  @Test
  void storesWhatNobodyHasStored() {
    reports.take(heartbeat(1, false));
    assertThat(nodes.find(NODE)).isEqualTo(NodeRecord.of(heartbeat(1, false), BEGIN));
  }

  @Test
  void leavesAloneWhatAnotherProcessHasJustStored() {
    NodeRecord stored = NodeRecord.of(heartbeat(1, false), BEGIN.minusMillis(100));
    nodes.put(stored);
    reports.take(heartbeat(1, false));
    assertThat(nodes.find(NODE)).isEqualTo(stored);
  }

  @Test
  void storesWhatAProcessWhoseClockIsFarAheadHasStoredLongAgo() {
    nodes.put(NodeRecord.of(heartbeat(1, false), BEGIN.plusSeconds(60)));
    reports.take(heartbeat(1, false));
    assertThat(nodes.find(NODE)).isEqualTo(NodeRecord.of(heartbeat(1, false), BEGIN));
  }

  @Test
  void storesTheNextReport() {
    reports.take(heartbeat(1, false));
    now = BEGIN.plusSeconds(1);
    reports.take(heartbeat(2, false));
    assertThat(nodes.find(NODE)).isEqualTo(NodeRecord.of(heartbeat(2, false), now));
  }

  @Test
  void storesAtOnceThatANodeDrains() {
    reports.take(heartbeat(1, false));
    reports.take(heartbeat(1, true));
    NodeRecord stored = nodes.find(NODE);
    assertThat(stored).isNotNull();
    assertThat(stored.draining()).isTrue();
  }
}
