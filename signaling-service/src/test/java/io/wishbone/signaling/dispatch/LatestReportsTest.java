package io.wishbone.signaling.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Takes in what it is given only when the test lets it.
class LatestReportsTest {

  private static final Instant BEGIN = Instant.parse("2026-11-26T12:00:00Z");

  private final Queue<HeardReport> taken = new ConcurrentLinkedQueue<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private Instant now = BEGIN;
  private final LatestReports reports = new LatestReports(this::take, () -> now);

  private void take(HeardReport report) {
    taken.add(report);
    try {
      gate.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    reports.stop();
  }

  private static NodeHeartbeat heartbeat(String node, int publishers) {
    return new NodeHeartbeat(new NodeId(node), "", "", publishers, 0, 10, false);
  }

  @Test
  void handsOnTheLatestOfEachNodeWithWhenItCame() {
    reports.start();
    reports.add(heartbeat("first", 0));
    await().until(() -> taken.size() == 1);
    // What it is given now waits.
    for (int i = 1; i <= 1_000; i++) {
      now = BEGIN.plusMillis(i);
      reports.add(heartbeat("first", i));
      reports.add(heartbeat("second", i));
    }
    assertThat(reports.size()).isEqualTo(2);
    gate.countDown();
    await().until(() -> taken.size() == 3);
    assertThat(taken)
        .containsExactly(
            new HeardReport(heartbeat("first", 0), BEGIN),
            new HeardReport(heartbeat("first", 1_000), BEGIN.plusMillis(1_000)),
            new HeardReport(heartbeat("second", 1_000), BEGIN.plusMillis(1_000)));
    reports.add(heartbeat("first", 1));
    await().until(() -> taken.size() == 4);
    assertThat(reports.refused()).isZero();
  }

  @Test
  void refusesNodesThatAreTooMany() {
    for (int i = 0; i < EventQueue.CAPACITY + 5; i++) {
      reports.add(heartbeat("node-" + i, 0));
    }
    // Those that wait are not refused anything.
    reports.add(heartbeat("node-0", 1));
    assertThat(reports.size()).isEqualTo(EventQueue.CAPACITY);
    assertThat(reports.refused()).isEqualTo(5);
  }
}
