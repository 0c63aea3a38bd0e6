package io.wishbone.store.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.RemoteIce;
import io.wishbone.store.RepeatedWrites;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LastSeenTest {

  private static final SessionId ID = new SessionId("0123456789012345678901");

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private final SwitchedCache far = new SwitchedCache(CacheKind.SESSIONS);
  private final LastSeen<SessionRecord> seen =
      new LastSeen<>(far.view(), LastSeenTest::isOfOneWriter);
  private final SessionStore store = new SessionStore(seen.view());
  private final SessionStore elsewhere = new SessionStore(caches.sessions());

  private static SessionRecord session(SessionState state) {
    return new SessionRecord(
        ID,
        new StreamName("live"),
        SessionRole.PUBLISHER,
        new NodeId("node-1"),
        state,
        "tag",
        new RemoteIce("ufrag", "password"),
        null,
        Instant.EPOCH);
  }

  private static boolean isOfOneWriter(SessionRecord session) {
    return session.state() != SessionState.ENDED;
  }

  private void there() {
    far.switchTo(caches.sessions());
  }

  private void away() {
    far.switchTo(null);
  }

  @AfterEach
  void stop() {
    caches.close();
  }

  @Test
  void answersFromWhatItHasWrittenWhileTheServersAreAway() {
    there();
    store.add(session(SessionState.OPENING));
    assertThat(store.replace(session(SessionState.OPENING), session(SessionState.OPEN))).isTrue();
    away();
    assertThat(store.find(ID)).isEqualTo(session(SessionState.OPEN));
  }

  /// A server that dies with its answer on the way: the second time the first one is in the way.
  @Test
  void tellsOfAWriteThatWasRepeated() {
    List<SessionRecord> told = new ArrayList<>();
    there();
    var repeating =
        new LastSeen<SessionRecord>(
            RepeatedWrites.of(caches.sessions()), LastSeenTest::isOfOneWriter);
    repeating.watch(told::add);
    var repeated = new SessionStore(repeating.view());
    repeated.add(session(SessionState.OPENING));
    assertThat(repeated.replace(session(SessionState.OPENING), session(SessionState.OPEN)))
        .isTrue();
    assertThat(told).containsExactly(session(SessionState.OPEN));
    assertThat(repeating.find(ID.value())).isEqualTo(session(SessionState.OPEN));
    assertThat(repeated.replace(session(SessionState.OPENING), session(SessionState.ENDED)))
        .isFalse();
    assertThat(told).hasSize(1);
  }

  @Test
  void answersFromWhatItHasReadWhileTheServersAreAway() {
    elsewhere.add(session(SessionState.OPEN));
    there();
    assertThat(store.find(ID)).isNotNull();
    away();
    assertThat(store.find(ID)).isEqualTo(session(SessionState.OPEN));
  }

  @Test
  void saysWhatTheServersSayWhileTheyAreThere() {
    there();
    store.add(session(SessionState.OPEN));
    elsewhere.remove(ID);
    assertThat(store.find(ID)).isNull();
    elsewhere.add(session(SessionState.ENDED));
    assertThat(store.find(ID)).isEqualTo(session(SessionState.ENDED));
  }

  /// Nobody could renew it while no broker was there: it is at its node all the same.
  @Test
  void remembersWhatTheServersHaveForgotten() {
    there();
    store.add(session(SessionState.OPEN));
    elsewhere.remove(ID);
    assertThat(store.find(ID)).isNull();
    away();
    assertThat(store.find(ID)).isEqualTo(session(SessionState.OPEN));
    there();
    assertThat(seen.find(ID.value())).isEqualTo(session(SessionState.OPEN));

    assertThat(store.restore(session(SessionState.OPEN))).isTrue();
    assertThat(store.restore(session(SessionState.OPEN))).isFalse();
    store.remove(ID);
    assertThat(seen.find(ID.value())).isNull();
  }

  @Test
  void answersFromWhatItHasHeardWhileTheServersAreAway() {
    seen.heard(ID.value(), _ -> session(SessionState.OPEN));
    assertThat(store.find(ID)).isEqualTo(session(SessionState.OPEN));
    seen.heard(ID.value(), before -> before.withState(SessionState.ENDED));
    assertThat(store.find(ID)).isEqualTo(session(SessionState.ENDED));
    seen.heard(ID.value(), _ -> null);
    assertThat(store.find(ID)).isEqualTo(session(SessionState.ENDED));
  }

  @Test
  void tellsOfWhatItChangesAndOfNothingElse() {
    List<SessionRecord> told = new ArrayList<>();
    seen.watch(told::add);
    there();
    store.add(session(SessionState.OPENING));
    assertThat(told).isEmpty();
    store.replace(session(SessionState.OPENING), session(SessionState.OPEN));
    store.replace(session(SessionState.OPENING), session(SessionState.PENDING));
    store.renew(ID);
    store.end(ID);
    assertThat(told).containsExactly(session(SessionState.OPEN), session(SessionState.ENDED));
  }

  @Test
  void changesAlsoWhatItsWatcherFailsOver() {
    seen.watch(_ -> {
      throw new IllegalStateException("the test says so");
    });
    there();
    store.add(session(SessionState.OPENING));
    assertThat(store.replace(session(SessionState.OPENING), session(SessionState.OPEN))).isTrue();
    assertThat(store.find(ID)).isEqualTo(session(SessionState.OPEN));
  }

  @Test
  void changesNothingWhileTheServersAreAway() {
    there();
    store.add(session(SessionState.OPEN));
    away();
    assertThatThrownBy(() -> store.end(ID)).isInstanceOf(StoreUnavailableException.class);
    there();
    assertThat(store.find(ID)).isEqualTo(session(SessionState.OPEN));
  }

  @Test
  void knowsNothingOfWhatItHasNotSeen() {
    elsewhere.add(session(SessionState.OPEN));
    assertThatThrownBy(() -> store.find(ID)).isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(store::all).isInstanceOf(StoreUnavailableException.class);
  }
}
