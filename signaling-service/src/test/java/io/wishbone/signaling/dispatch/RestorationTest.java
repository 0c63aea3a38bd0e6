package io.wishbone.signaling.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.SessionsAlive;
import io.wishbone.control.StreamName;
import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.RemoteIce;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamRecord;
import io.wishbone.store.StreamStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestorationTest {

  private static final NodeId NODE = new NodeId("node-1");
  private static final StreamName STREAM = new StreamName("studio");

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private final SessionStore sessions = new SessionStore(caches.sessions());
  private final StreamStore streams = new StreamStore(caches.streams());
  private final MemoryOfTheTest memory = new MemoryOfTheTest();
  private boolean afterSilence;
  private final Restoration restoration =
      new Restoration(memory, sessions, streams, () -> afterSilence);

  @AfterEach
  void stop() {
    caches.close();
  }

  private static SessionId id(int number) {
    return new SessionId("%022d".formatted(number));
  }

  private SessionRecord remember(int number, SessionRole role, NodeId node, SessionState state) {
    var session =
        new SessionRecord(
            id(number),
            STREAM,
            role,
            node,
            state,
            "tag",
            new RemoteIce("ufrag", "password"),
            "somebody",
            Instant.EPOCH);
    memory.note(session);
    return session;
  }

  private static SessionsAlive named(int... numbers) {
    return new SessionsAlive(NODE, Arrays.stream(numbers).mapToObj(RestorationTest::id).toList());
  }

  @Test
  void putsBackWhatItRemembersAndItsNodeNames() {
    SessionRecord publisher = remember(1, SessionRole.PUBLISHER, NODE, SessionState.OPEN);
    SessionRecord viewer = remember(2, SessionRole.SUBSCRIBER, NODE, SessionState.OPEN);
    remember(3, SessionRole.SUBSCRIBER, NODE, SessionState.OPEN);

    restoration.restore(named(1, 2, 4));

    assertThat(sessions.all()).containsExactlyInAnyOrder(publisher, viewer);
    assertThat(streams.find(STREAM))
        .isEqualTo(new StreamRecord(STREAM, id(1), NODE, "somebody", Instant.EPOCH));
  }

  @Test
  void leavesAloneWhatHadEndedOrIsSaidToBeElsewhere() {
    remember(1, SessionRole.PUBLISHER, NODE, SessionState.ENDED);
    remember(2, SessionRole.SUBSCRIBER, new NodeId("node-2"), SessionState.OPEN);
    restoration.restore(named(1, 2));
    assertThat(sessions.all()).isEmpty();
    assertThat(streams.all()).isEmpty();
  }

  @Test
  void leavesAloneWhatIsThere() {
    SessionRecord publisher = remember(1, SessionRole.PUBLISHER, NODE, SessionState.OPEN);
    sessions.add(publisher.withState(SessionState.ENDED));
    var other = new StreamRecord(STREAM, id(9), NODE, null, Instant.EPOCH);
    streams.claim(other);

    restoration.restore(named(1));

    assertThat(sessions.all()).containsExactly(publisher.withState(SessionState.ENDED));
    assertThat(streams.find(STREAM)).isEqualTo(other);
  }

  @Test
  void isDoneOnlyAfterTheStoreWasAwayOrNobodyCouldBeHeard() {
    SessionRecord viewer = remember(1, SessionRole.SUBSCRIBER, NODE, SessionState.OPEN);
    restoration.take(named(1));
    assertThat(sessions.all()).isEmpty();
    memory.setAskedFor(true);
    restoration.take(named(1));
    await().untilAsserted(() -> assertThat(sessions.all()).isEqualTo(List.of(viewer)));

    memory.setAskedFor(false);
    SessionRecord other = remember(2, SessionRole.SUBSCRIBER, NODE, SessionState.OPEN);
    restoration.take(named(2));
    assertThat(sessions.all()).containsExactly(viewer);
    afterSilence = true;
    restoration.take(named(2));
    await()
        .untilAsserted(() -> assertThat(sessions.all()).containsExactlyInAnyOrder(viewer, other));
  }
}
