package io.wishbone.signaling.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.MediaNodes;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.SessionsAlive;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.metrics.SignalingMetrics;
import io.wishbone.signaling.tracing.Traces;
import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.RemoteIce;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamRecord;
import io.wishbone.store.StreamStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AliveSessionsTest {

  private static final NodeId NODE = new NodeId("node-1");
  private static final Duration BRIEF = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofHours(1);

  /// How often a node names its sessions.
  private static final Duration NAMING = Duration.ofSeconds(30);

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private final SessionStore sessions = new SessionStore(caches.sessions());
  private final StreamStore streams = new StreamStore(caches.streams());
  private final InProcessCarrier carrier = new InProcessCarrier();
  private final NodeOfTheTest node = new NodeOfTheTest();
  private final MemoryOfTheTest memory = new MemoryOfTheTest();
  private final AliveSessions alive = alive(carrier);
  private long now;

  private AliveSessions alive(MediaNodes nodes) {
    var dispatcher =
        new Dispatcher(
            nodes, _ -> false, new SignalingMetrics(new SimpleMeterRegistry()), Traces.none());
    return new AliveSessions(
        sessions,
        new Restoration(memory, sessions, streams, () -> false),
        new LivePublishers(sessions, streams, new SessionsAtNodes(dispatcher), dispatcher),
        dispatcher,
        () -> now);
  }

  @BeforeEach
  void start() {
    carrier.register(NODE, node);
  }

  @AfterEach
  void stop() {
    caches.close();
  }

  private void name(int... numbers) {
    alive.renew(
        new SessionsAlive(NODE, Arrays.stream(numbers).mapToObj(AliveSessionsTest::id).toList()));
  }

  @Test
  void areKeptForAsLongAsTheirNodeNamesThem() {
    var briefSessions = new SessionStore(caches.sessions(), LONG, BRIEF, LONG);
    var briefStreams = new StreamStore(caches.streams(), BRIEF);
    for (int number : new int[] {1, 2}) {
      briefSessions.add(session(number));
      briefStreams.claim(StreamRecord.of(session(number)));
    }

    name(1, 3);

    await().until(() -> sessions.find(id(2)) == null && streams.find(stream(2)) == null);
    assertThat(sessions.all()).containsExactly(session(1));
    assertThat(streams.all()).extracting(StreamRecord::publisher).containsExactly(id(1));
  }

  @Test
  void areRenewedAlthoughThereAreManyAndSomeFail() {
    var brief = new SessionStore(caches.sessions(), LONG, BRIEF, LONG);
    List<SessionId> ids = new ArrayList<>();
    for (int number = 1; number <= 500; number++) {
      brief.add(session(number));
      ids.add(id(number));
    }
    ids.add(250, id(501));
    brief.add(session(501));
    brief.end(id(501));
    AliveSessions failing =
        alive((_, _) -> {
          throw new IllegalStateException("a carrier that fails");
        });

    assertThatThrownBy(() -> failing.renew(new SessionsAlive(NODE, ids)))
        .hasMessage("a carrier that fails");

    assertThat(
            caches.sessions().values().stream()
                .filter(each -> each.state() == SessionState.OPEN)
                .toList())
        .hasSize(500);
    // What was not renewed would be gone after this.
    brief.add(session(502));
    await().until(() -> brief.find(id(502)) == null);
    assertThat(brief.find(id(250))).isNotNull();
    assertThat(brief.find(id(500))).isNotNull();
  }

  @Test
  void areClosedAgainWhenTheyGoOnAtTheirNodeAfterTheirEnd() {
    for (int number : new int[] {1, 2}) {
      sessions.add(session(number));
    }
    sessions.end(id(2));

    name(1, 2, 3);

    assertThat(node.closed()).containsExactly(new CloseSession(id(2), CloseReason.ABANDONED));
  }

  /// No broker for longer than sessions are kept: nobody could renew them.
  @Test
  void arePutBackWithTheirStreamsWhenNobodyCouldRenewThem() {
    var brief = new SessionStore(caches.sessions(), LONG, BRIEF, LONG);
    var briefStreams = new StreamStore(caches.streams(), BRIEF);
    brief.add(session(1));
    briefStreams.claim(StreamRecord.of(session(1)));
    memory.note(session(1));
    await().until(() -> sessions.find(id(1)) == null && streams.find(stream(1)) == null);

    name(1);

    assertThat(sessions.all()).containsExactly(session(1));
    assertThat(streams.all()).containsExactly(StreamRecord.of(session(1)));
    assertThat(node.closed()).isEmpty();
  }

  /// Somebody else was let in before the node was heard again.
  @Test
  void giveWayWhenTheirStreamHasALaterPublisherOnceTheyArePutBack() {
    memory.note(session(1));
    SessionRecord later = session(2, stream(1));
    sessions.add(later);
    streams.claim(StreamRecord.of(later));
    node.has(id(1), id(2));

    name(1, 2);

    assertThat(node.closed()).containsExactly(new CloseSession(id(1), CloseReason.REPLACED));
    assertThat(sessions.find(id(2))).isEqualTo(later);
    assertThat(streams.find(stream(1))).isEqualTo(StreamRecord.of(later));
  }

  @Test
  void areNotPutBackButClosedWhenTheyAreKnownToHaveEnded() {
    memory.note(session(1).withState(SessionState.ENDED));
    name(1);
    assertThat(sessions.all()).isEmpty();
    assertThat(node.closed()).containsExactly(new CloseSession(id(1), CloseReason.ABANDONED));
  }

  /// Also when what is remembered of them is older.
  @Test
  void areNotPutBackWhenTheStoreKnowsThatTheyHaveEnded() {
    memory.note(session(1));
    sessions.add(session(1));
    sessions.endLost(id(1));
    name(1);
    assertThat(sessions.all()).containsExactly(session(1).withState(SessionState.ENDED));
    assertThat(node.closed()).containsExactly(new CloseSession(id(1), CloseReason.ABANDONED));
  }

  @Test
  void areClosedAfterAWhileWhenNobodyKnowsThem() {
    for (int i = 0; i < 4; i++) {
      name(1, 2);
      assertThat(node.closed()).isEmpty();
      now += NAMING.toNanos();
    }
    // Somebody else has put it back.
    sessions.add(session(2));
    name(1, 2);
    assertThat(node.closed()).containsExactly(new CloseSession(id(1), CloseReason.ABANDONED));
  }

  @Test
  void areStrangersFromAnewWhenTheyWereKnownInBetween() {
    for (int i = 0; i < 10; i++) {
      name(1);
      now += NAMING.toNanos();
      if (i % 2 == 0) {
        sessions.add(session(1));
      } else {
        sessions.remove(id(1));
      }
    }
    assertThat(node.closed()).isEmpty();
  }

  /// The node has it already, and whoever opens it has not heard so yet.
  @Test
  void areLeftAloneWhileTheyAreOpened() {
    SessionRecord opening = session(1).withState(SessionState.OPENING);
    SessionRecord pending = session(2).withState(SessionState.PENDING);
    sessions.add(opening);
    sessions.add(pending);
    streams.claim(StreamRecord.of(opening));
    for (int i = 0; i < 10; i++) {
      name(1, 2);
      now += NAMING.toNanos();
    }
    assertThat(sessions.all()).containsExactlyInAnyOrder(opening, pending);
    assertThat(node.closed()).isEmpty();
  }

  private static SessionRecord session(int number) {
    return session(number, stream(number));
  }

  /// The higher its number, the later it was opened.
  private static SessionRecord session(int number, StreamName stream) {
    return new SessionRecord(
        id(number),
        stream,
        SessionRole.PUBLISHER,
        NODE,
        SessionState.OPEN,
        "tag",
        new RemoteIce("ufrag", "password"),
        null,
        Instant.EPOCH.plusSeconds(number));
  }

  private static StreamName stream(int number) {
    return new StreamName("stream-" + number);
  }

  private static SessionId id(int number) {
    return new SessionId("%022d".formatted(number));
  }
}
