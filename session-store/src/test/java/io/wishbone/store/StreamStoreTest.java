package io.wishbone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// With caches of this process; and with caches of a server, see tests-it.
public class StreamStoreTest {

  private static final StreamName STREAM = new StreamName("studio");

  private final Caches caches;
  private final StreamStore store;

  public StreamStoreTest() {
    this(new EmbeddedCaches());
  }

  /// Empty ones, which the caller closes unless they are embedded.
  protected StreamStoreTest(Caches caches) {
    this.caches = caches;
    store = new StreamStore(caches.streams());
  }

  @AfterEach
  void stop() {
    if (caches instanceof EmbeddedCaches own) {
      own.close();
    }
  }

  @Test
  void givesAFreeStreamAway() {
    assertThat(store.claim(publishedBy(1))).isNull();
    assertThat(store.find(STREAM)).isEqualTo(publishedBy(1));
    assertThat(store.all()).containsExactly(publishedBy(1));
  }

  @Test
  void tellsWhoPublishesWhenTheStreamIsTaken() {
    store.claim(publishedBy(1));
    assertThat(store.claim(publishedBy(2))).isEqualTo(publishedBy(1));
    assertThat(store.find(STREAM)).isEqualTo(publishedBy(1));
  }

  @Test
  void givesAStreamToOneOfManyWhoAskAtOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var claims =
          threads.invokeAll(
              IntStream.range(10, 42)
                  .<Callable<Boolean>>mapToObj(i -> () -> store.claim(publishedBy(i)) == null)
                  .toList());
      int winners = 0;
      for (var claim : claims) {
        winners += claim.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
    }
  }

  @Test
  void isTakenOverOnlyFromWhoPublishesNow() {
    store.claim(publishedBy(1));
    assertThat(store.replace(publishedBy(1), publishedBy(2))).isTrue();
    assertThat(store.replace(publishedBy(1), publishedBy(3))).isFalse();
    assertThat(store.find(STREAM)).isEqualTo(publishedBy(2));
  }

  @Test
  void isFreedByItsPublisherOnly() {
    store.claim(publishedBy(1));
    assertThat(store.free(STREAM, session(2))).isFalse();
    assertThat(store.free(STREAM, session(1))).isTrue();
    assertThat(store.free(STREAM, session(1))).isFalse();
    assertThat(store.find(STREAM)).isNull();
  }

  @Test
  void isForgottenWhenNobodyRenewsIt() {
    var brief = new StreamStore(caches.streams(), Duration.ofMillis(50));
    brief.claim(publishedBy(1));
    await().until(() -> brief.find(STREAM) == null);
  }

  @Test
  void isRenewedForItsPublisherOnly() {
    var brief = new StreamStore(caches.streams(), Duration.ofSeconds(3));
    StreamRecord marker =
        new StreamRecord(
            new StreamName("marker"), session(3), new NodeId("node-1"), null, Instant.EPOCH);
    brief.claim(publishedBy(1));
    brief.claim(marker);
    store.renew(STREAM, session(1));
    store.renew(marker.stream(), session(1));
    await().until(() -> store.find(marker.stream()) == null);
    assertThat(store.find(STREAM)).isEqualTo(publishedBy(1));
  }

  private static SessionId session(int number) {
    return new SessionId("%022d".formatted(number));
  }

  private static StreamRecord publishedBy(int number) {
    return new StreamRecord(STREAM, session(number), new NodeId("node-1"), null, Instant.EPOCH);
  }
}
