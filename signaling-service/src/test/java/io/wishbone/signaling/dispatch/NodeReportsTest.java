package io.wishbone.signaling.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import java.time.Duration;
import java.time.Instant;
import org.infinispan.Cache;
import org.infinispan.container.entries.CacheEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Every process hears a report, and one stores it.
class NodeReportsTest {

  private static final NodeId NODE = new NodeId("node-1");
  private static final Instant BEGIN = Instant.parse("2026-11-26T12:00:00Z");

  /// Longer than any test.
  private static final Duration LIFESPAN = Duration.ofMinutes(1);

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private final NodeStore nodes = new NodeStore(caches.nodes(), LIFESPAN);
  private Instant now = BEGIN;
  private final NodeReports reports = new NodeReports(nodes, () -> now);

  @AfterEach
  void stop() {
    caches.close();
  }

  private static NodeHeartbeat heartbeat(int publishers, boolean draining) {
    return new NodeHeartbeat(NODE, "", "", publishers, 0, 10, draining);
  }

  /// Takes it in as it comes.
  private void hear(NodeHeartbeat heartbeat) {
    reports.take(new HeardReport(heartbeat, now));
  }

  private Duration lifespan() {
    CacheEntry<String, NodeRecord> entry =
        ((Cache<String, NodeRecord>) caches.nodes()).getAdvancedCache().getCacheEntry(NODE.value());
    assertThat(entry).isNotNull();
    return Duration.ofMillis(entry.getLifespan());
  }

  @Test
  void storesWhatNobodyHasStored() {
    hear(heartbeat(1, false));
    assertThat(nodes.find(NODE)).isEqualTo(NodeRecord.of(heartbeat(1, false), BEGIN));
  }

  @Test
  void leavesAloneWhatAnotherProcessHasJustStored() {
    NodeRecord stored = NodeRecord.of(heartbeat(1, false), BEGIN.minusMillis(100));
    nodes.put(stored);
    hear(heartbeat(1, false));
    assertThat(nodes.find(NODE)).isEqualTo(stored);
  }

  @Test
  void storesWhatAProcessWhoseClockIsFarAheadHasStoredLongAgo() {
    nodes.put(NodeRecord.of(heartbeat(1, false), BEGIN.plusSeconds(60)));
    hear(heartbeat(1, false));
    assertThat(nodes.find(NODE)).isEqualTo(NodeRecord.of(heartbeat(1, false), BEGIN));
  }

  @Test
  void storesTheNextReport() {
    hear(heartbeat(1, false));
    now = BEGIN.plusSeconds(1);
    hear(heartbeat(2, false));
    assertThat(nodes.find(NODE)).isEqualTo(NodeRecord.of(heartbeat(2, false), now));
  }

  @Test
  void storesAtOnceThatANodeDrains() {
    hear(heartbeat(1, false));
    hear(heartbeat(1, true));
    NodeRecord stored = nodes.find(NODE);
    assertThat(stored).isNotNull();
    assertThat(stored.draining()).isTrue();
  }

  /// The process was busy: the node may have died since it said so.
  @Test
  void keepsANodeForLessByWhatAReportHasWaited() {
    hear(heartbeat(1, false));
    assertThat(lifespan()).isEqualTo(LIFESPAN);
    var report = new HeardReport(heartbeat(2, false), now);
    now = BEGIN.plusSeconds(40);
    reports.take(report);
    assertThat(nodes.find(NODE)).isEqualTo(NodeRecord.of(heartbeat(2, false), BEGIN));
    assertThat(lifespan()).isEqualTo(LIFESPAN.minusSeconds(40));
  }

  @Test
  void doesNotStoreWhatHasWaitedForLongerThanANodeMayBeSilent() {
    var report = new HeardReport(heartbeat(1, false), now);
    now = BEGIN.plus(LIFESPAN);
    reports.take(report);
    assertThat(nodes.find(NODE)).isNull();
  }

  /// Another process is not as late.
  @Test
  void doesNotPutALateReportInThePlaceOfTheNext() {
    NodeRecord next = NodeRecord.of(heartbeat(2, false), BEGIN.plusMillis(400));
    nodes.put(next);
    var report = new HeardReport(heartbeat(1, false), now);
    now = BEGIN.plusMillis(1_000);
    reports.take(report);
    assertThat(nodes.find(NODE)).isEqualTo(next);
    assertThat(lifespan()).isEqualTo(LIFESPAN);
  }

  @Test
  void storesAReportWholeAlthoughTheClockWasSetBack() {
    var report = new HeardReport(heartbeat(1, false), now);
    now = BEGIN.minusSeconds(50);
    reports.take(report);
    assertThat(lifespan()).isEqualTo(LIFESPAN);
  }
}
