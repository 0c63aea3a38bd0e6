package io.wishbone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// With caches of this process; and with caches of a server, see tests-it.
public class SessionStoreTest {

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(50);

  private final Caches caches;
  private final SessionStore store;

  public SessionStoreTest() {
    caches = emptyCaches();
    store = new SessionStore(caches.sessions(), LONG, LONG, LONG);
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
  void findsWhatWasAdded() {
    SessionRecord session = opening("a");
    store.add(session);
    assertThat(store.find(session.id())).isEqualTo(session);
    assertThat(store.all()).containsExactly(session);
  }

  @Test
  void doesNotFindWhatWasNeverAdded() {
    assertThat(store.find(id("a"))).isNull();
  }

  @Test
  void replacesOnlyWhatHasNotChangedMeanwhile() {
    SessionRecord opening = opening("a");
    SessionRecord open = opening.withState(SessionState.OPEN);
    store.add(opening);

    assertThat(store.replace(opening, open)).isTrue();
    assertThat(store.replace(opening, opening.withState(SessionState.ENDED))).isFalse();
    assertThat(store.find(open.id())).isEqualTo(open);
  }

  @Test
  void replacesByValueAndNotByIdentity() {
    store.add(opening("a"));
    assertThat(store.replace(opening("a"), opening("a").withState(SessionState.OPEN))).isTrue();
  }

  @Test
  void givesAnEndedSessionToOneCallerOnly() throws Exception {
    store.add(opening("a"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<SessionRecord> end = () -> store.end(id("a"));
      var ended = threads.invokeAll(IntStream.range(0, 16).mapToObj(_ -> end).toList());
      int winners = 0;
      for (var one : ended) {
        winners += one.get() == null ? 0 : 1;
      }
      assertThat(winners).isEqualTo(1);
    }
    assertThat(store.find(id("a"))).isEqualTo(opening("a").withState(SessionState.ENDED));
  }

  @Test
  void forgetsAnOpeningSessionByItself() {
    var store = new SessionStore(caches.sessions(), SHORT, LONG, LONG);
    store.add(opening("a"));
    await().until(() -> store.find(id("a")) == null);
  }

  @Test
  void keepsAnOpenSession() {
    var store = new SessionStore(caches.sessions(), SHORT, LONG, LONG);
    store.add(opening("a"));
    store.add(opening("b"));
    store.replace(opening("a"), opening("a").withState(SessionState.OPEN));
    await().until(() -> store.find(id("b")) == null);
    assertThat(store.find(id("a"))).isNotNull();
  }

  @Test
  void forgetsAnOpenSessionThatNobodyRenews() {
    var store = new SessionStore(caches.sessions(), LONG, SHORT, LONG);
    store.add(open("a"));
    await().until(() -> store.find(id("a")) == null);
    assertThat(store.renew(id("a"))).isNull();
  }

  @Test
  void keepsAnOpenSessionThatIsRenewed() {
    var brief = new SessionStore(caches.sessions(), LONG, Duration.ofSeconds(3), LONG);
    brief.add(open("a"));
    brief.add(open("b"));
    assertThat(store.renew(id("a"))).isEqualTo(open("a"));
    await().until(() -> store.find(id("b")) == null);
    assertThat(store.find(id("a"))).isEqualTo(open("a"));
  }

  @Test
  void doesNotRenewWhatIsNotOpen() {
    var brief = new SessionStore(caches.sessions(), SHORT, LONG, SHORT);
    brief.add(opening("a"));
    brief.add(open("b"));
    brief.end(id("b"));
    assertThat(brief.renew(id("a"))).isNull();
    assertThat(brief.renew(id("b"))).isNull();
    await().until(() -> store.all().isEmpty());
  }

  @Test
  void forgetsATombstoneByItself() {
    var store = new SessionStore(caches.sessions(), LONG, LONG, SHORT);
    store.add(opening("a"));
    store.end(id("a"));
    await().until(() -> store.find(id("a")) == null);
  }

  /// Its node did not confirm the end.
  @Test
  void keepsATombstoneOfWhichTheNodeHasToHearYet() {
    var store = new SessionStore(caches.sessions(), LONG, LONG, SHORT);
    for (String each : List.of("a", "b", "c")) {
      store.add(open(each));
    }
    store.end(id("a"));
    store.end(id("b"));
    assertThat(store.endLost(id("b"))).isNull();
    assertThat(store.endLost(id("c"))).isEqualTo(open("c"));
    assertThat(store.endLost(id("d"))).isNull();
    await().until(() -> store.find(id("a")) == null);
    assertThat(store.all())
        .containsExactlyInAnyOrder(
            open("b").withState(SessionState.ENDED), open("c").withState(SessionState.ENDED));
  }

  @Test
  void keepsThePasswordOutOfLogs() {
    assertThat(opening("a").toString()).contains("ufrg").doesNotContain("secret-password");
  }

  private static SessionId id(String seed) {
    return new SessionId(seed.repeat(22));
  }

  private static SessionRecord open(String seed) {
    return opening(seed).withState(SessionState.OPEN);
  }

  private static SessionRecord opening(String seed) {
    return new SessionRecord(
        id(seed),
        new StreamName("studio"),
        SessionRole.PUBLISHER,
        new NodeId("node-1"),
        SessionState.OPENING,
        "tag",
        new RemoteIce("ufrg", "secret-password-of-22-chars"),
        "alice",
        Instant.EPOCH);
  }
}
