package io.wishbone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.control.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// With caches of this process; and with caches of a server, see tests-it.
public class EventStreamStoreTest {

  private static final SessionId SESSION = new SessionId("abcdefghijklmnopqrstuv");
  private static final SessionId OTHER = new SessionId("zyxwvutsrqponmlkjihgfe");

  private final Caches caches;
  private final EventStreamStore store;

  public EventStreamStoreTest() {
    this(new EmbeddedCaches());
  }

  /// Empty ones, which the caller closes unless they are embedded.
  protected EventStreamStoreTest(Caches caches) {
    this.caches = caches;
    store = new EventStreamStore(caches.eventStreams());
  }

  @AfterEach
  void stop() {
    if (caches instanceof EmbeddedCaches own) {
      own.close();
    }
  }

  private static EventStreamRecord named(String id) {
    return new EventStreamRecord(id, List.of("active", "layers"));
  }

  /// Adds an event stream where all others are being read.
  private boolean add(SessionId session, String id) {
    return store.add(session, named(id), _ -> true);
  }

  @Test
  void keepsTheEventStreamsOfEachSession() {
    assertThat(add(SESSION, "one")).isTrue();
    assertThat(add(SESSION, "two")).isTrue();
    assertThat(add(OTHER, "three")).isTrue();

    assertThat(store.find(SESSION, "two")).isEqualTo(named("two"));
    assertThat(store.find(SESSION, "three")).isNull();

    assertThat(store.remove(SESSION, "one")).isTrue();
    assertThat(store.remove(SESSION, "one")).isFalse();
    assertThat(store.find(SESSION, "one")).isNull();
    assertThat(store.find(SESSION, "two")).isNotNull();

    store.removeAll(SESSION);
    assertThat(store.find(SESSION, "two")).isNull();
    assertThat(store.find(OTHER, "three")).isNotNull();
  }

  @Test
  void takesAFewForEachSession() {
    for (int i = 0; i < EventStreamStore.MAX_STREAMS; i++) {
      assertThat(add(SESSION, "stream-" + i)).isTrue();
    }
    assertThat(add(SESSION, "more")).isFalse();
    assertThat(store.find(SESSION, "more")).isNull();

    store.remove(SESSION, "stream-0");
    assertThat(add(SESSION, "more")).isTrue();
  }

  @Test
  void makesRoomForTheNextByForgettingTheOldestThatNobodyReads() {
    for (int i = 0; i < EventStreamStore.MAX_STREAMS; i++) {
      add(SESSION, "stream-" + i);
    }
    assertThat(store.add(SESSION, named("more"), each -> each.id().equals("stream-0"))).isTrue();

    assertThat(store.find(SESSION, "stream-0")).isNotNull();
    assertThat(store.find(SESSION, "stream-1")).isNull();
    assertThat(store.find(SESSION, "stream-2")).isNotNull();
    assertThat(store.find(SESSION, "stream-3")).isNotNull();
    assertThat(store.find(SESSION, "more")).isNotNull();
  }

  @Test
  void losesNothingWhenManyAddAtOnce() {
    long added = IntStream.range(0, 16).parallel().filter(i -> add(SESSION, "s" + i)).count();

    assertThat(added).isEqualTo(EventStreamStore.MAX_STREAMS);
    assertThat(IntStream.range(0, 16).filter(i -> store.find(SESSION, "s" + i) != null).count())
        .isEqualTo(EventStreamStore.MAX_STREAMS);
  }

  @Test
  void forgetsWhatNobodyHasRenewed() {
    var brief = new EventStreamStore(caches.eventStreams(), Duration.ofSeconds(3));
    brief.add(SESSION, named("one"), _ -> true);
    brief.add(OTHER, named("two"), _ -> true);
    await()
        .pollInterval(Duration.ofMillis(50))
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          brief.renew(SESSION);
          return brief.find(OTHER, "two") == null;
        });
    assertThat(brief.find(SESSION, "one")).isNotNull();
  }
}
