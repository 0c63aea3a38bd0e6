package io.wishbone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.control.NodeId;
import io.wishbone.control.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// With caches of this process; and with caches of a server, see tests-it.
public class EdgeStoreTest {

  private static final StreamName STREAM = new StreamName("studio");
  private static final NodeId ORIGIN = new NodeId("origin");

  private final Caches caches;
  private final EdgeStore store;

  public EdgeStoreTest() {
    caches = emptyCaches();
    store = new EdgeStore(caches.edges(), Duration.ofHours(1));
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
  void findsNoEdgesWhereThereAreNone() {
    assertThat(store.find(STREAM)).isEqualTo(record());
    assertThat(store.all()).isEmpty();
  }

  @Test
  void changesWhatWasSeenAndNothingElse() {
    assertThat(store.replace(record(), record("a"))).isTrue();
    assertThat(store.replace(record(), record("b"))).isFalse();
    assertThat(store.replace(record("a"), record("a", "b"))).isTrue();
    assertThat(store.replace(record("a"), record("a", "c"))).isFalse();
    assertThat(store.find(STREAM)).isEqualTo(record("a", "b"));
  }

  @Test
  void keepsNoRecordOfAStreamWithoutEdges() {
    assertThat(store.replace(record(), record())).isTrue();
    store.replace(record(), record("a"));
    assertThat(store.replace(record("b"), record())).isFalse();
    assertThat(store.replace(record("a"), record())).isTrue();
    assertThat(caches.edges()).isEmpty();
  }

  @Test
  void repeatsTheLifespanWithEachChange() {
    var brief = new EdgeStore(caches.edges(), Duration.ofMillis(400));
    store.replace(record(), record("a"));
    assertThat(brief.replace(record("a"), record("a", "b"))).isTrue();
    await().until(() -> store.find(STREAM).edges().isEmpty());
  }

  @Test
  void letsOneOfManyWinAtATime() throws InterruptedException {
    var added = new AtomicInteger();
    var done = new CountDownLatch(20);
    for (int i = 0; i < 20; i++) {
      var edge = edge("node-" + i);
      Thread.startVirtualThread(() -> {
        while (true) {
          EdgesRecord current = store.find(STREAM);
          var edges = new java.util.ArrayList<>(current.edges());
          edges.add(edge);
          if (store.replace(current, new EdgesRecord(STREAM, edges, 0))) {
            added.incrementAndGet();
            done.countDown();
            return;
          }
        }
      });
    }
    done.await();
    assertThat(added).hasValue(20);
    assertThat(store.find(STREAM).edges()).hasSize(20);
  }

  private static EdgesRecord record(String... nodes) {
    return new EdgesRecord(STREAM, List.of(nodes).stream().map(EdgeStoreTest::edge).toList(), 0);
  }

  private static Edge edge(String node) {
    return new Edge(new NodeId(node), ORIGIN, Instant.EPOCH);
  }
}
