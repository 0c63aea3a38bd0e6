package io.wishbone.signaling.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
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
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.infinispan.commons.api.BasicCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One stream, and publishers that are called by numbers: the higher, the later opened. Those with
/// odd numbers are at one node, those with even ones at another.
class LivePublishersTest {

  private static final StreamName STREAM = new StreamName("studio");
  private static final NodeId ODD = new NodeId("odd");
  private static final NodeId EVEN = new NodeId("even");

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private final SessionStore sessions = new SessionStore(caches.sessions());
  private final StreamStore streams = new StreamStore(caches.streams());
  private final InProcessCarrier carrier = new InProcessCarrier(Duration.ofMillis(100));
  private final NodeOfTheTest odd = new NodeOfTheTest();
  private final NodeOfTheTest even = new NodeOfTheTest();
  private final Set<NodeId> silent = new HashSet<>();
  private final LivePublishers publishers = publishers(sessions, streams);

  @BeforeEach
  void start() {
    carrier.register(ODD, odd);
    carrier.register(EVEN, even);
  }

  @AfterEach
  void stop() {
    caches.close();
  }

  private LivePublishers publishers(SessionStore sessions, StreamStore streams) {
    var dispatcher =
        new Dispatcher(
            carrier,
            silent::contains,
            new SignalingMetrics(new SimpleMeterRegistry()),
            Traces.none());
    return new LivePublishers(sessions, streams, new SessionsAtNodes(dispatcher), dispatcher);
  }

  private static SessionId id(int number) {
    return new SessionId("%022d".formatted(number));
  }

  private static SessionRecord session(int number) {
    return new SessionRecord(
        id(number),
        STREAM,
        SessionRole.PUBLISHER,
        number % 2 == 0 ? EVEN : ODD,
        SessionState.OPEN,
        "tag",
        new RemoteIce("ufrag", "password"),
        null,
        Instant.EPOCH.plusSeconds(number));
  }

  private NodeOfTheTest node(int number) {
    return number % 2 == 0 ? even : odd;
  }

  /// Is open in the store, and at its node.
  private void live(int number) {
    sessions.add(session(number));
    node(number).has(id(number));
  }

  /// Has the stream.
  private void publishes(int number) {
    streams.claim(StreamRecord.of(session(number)));
  }

  private void assertPublishes(int number) {
    assertThat(streams.find(STREAM)).isEqualTo(StreamRecord.of(session(number)));
    assertThat(sessions.find(id(number))).isEqualTo(session(number));
    assertThat(node(number).closed())
        .extracting(CloseSession::sessionId)
        .doesNotContain(id(number));
  }

  private void assertEnded(int number) {
    assertThat(sessions.find(id(number))).isEqualTo(session(number).withState(SessionState.ENDED));
  }

  /// Whoever was to replace it has given up, and freed the stream.
  @Test
  void haveTheirStreamAgainWhenNobodyHasIt() {
    live(1);
    publishers.keep(session(1));
    assertPublishes(1);
  }

  /// Whoever was to replace it could not even free the stream, and its session has lapsed.
  @Test
  void haveTheirStreamAgainWhenItIsSomebodysWhoWasNeverOpened() {
    live(1);
    publishes(2);
    publishers.keep(session(1));
    assertPublishes(1);
  }

  @Test
  void haveTheirStreamAgainWhenItIsSomebodysWhoHasEnded() {
    live(1);
    live(2);
    publishes(2);
    sessions.end(id(2));
    publishers.keep(session(1));
    assertPublishes(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = SessionState.class,
      names = {"OPENING", "PENDING", "UNKNOWN"})
  void leaveTheStreamToSomebodyWhoIsAboutToTakeItOver(SessionState state) {
    live(1);
    sessions.add(session(2).withState(state));
    publishes(2);
    publishers.keep(session(1));
    assertThat(streams.find(STREAM)).isEqualTo(StreamRecord.of(session(2)));
    assertThat(sessions.find(id(1))).isEqualTo(session(1));
    assertThat(odd.closed()).isEmpty();
  }

  /// A takeover of which the old one has not heard.
  @Test
  void areEndedForALaterOneThatHasTheStream() {
    live(1);
    live(2);
    publishes(2);

    publishers.keep(session(1));

    assertThat(odd.closed()).containsExactly(new CloseSession(id(1), CloseReason.REPLACED));
    assertEnded(1);
    assertPublishes(2);
    publishers.keep(session(2));
    assertPublishes(2);
  }

  /// Two halves of a store have met, and the entry of the older one was kept.
  @Test
  void takeTheStreamOfAnEarlierOneWhoeverIsNamedFirst() {
    live(1);
    live(2);
    publishes(1);
    publishers.keep(session(1));
    assertPublishes(1);

    publishers.keep(session(2));

    assertThat(odd.closed()).containsExactly(new CloseSession(id(1), CloseReason.REPLACED));
    assertEnded(1);
    assertPublishes(2);
  }

  /// What named it was on its way while it ended.
  @Test
  void doNotEndAnEarlierOneWhenTheyAreGoneThemselves() {
    live(1);
    sessions.add(session(2));
    publishes(1);
    publishers.keep(session(2));
    assertPublishes(1);
  }

  /// Each half of the store has another one, and two processes look at the same time.
  @Test
  void doNotEndEachOtherInTwoHalvesOfASplitStore() {
    try (var otherHalf = new EmbeddedCaches()) {
      var otherSessions = new SessionStore(otherHalf.sessions());
      var otherStreams = new StreamStore(otherHalf.streams());
      for (int number : new int[] {1, 2}) {
        live(number);
        otherSessions.add(session(number));
      }
      publishes(2);
      otherStreams.claim(StreamRecord.of(session(1)));

      publishers(otherSessions, otherStreams).keep(session(2));
      publishers.keep(session(1));

      assertPublishes(2);
      assertThat(otherStreams.find(STREAM)).isEqualTo(StreamRecord.of(session(2)));
      assertThat(odd.closed()).extracting(CloseSession::sessionId).containsOnly(id(1));
      assertThat(even.closed()).isEmpty();
    }
  }

  /// It was ended in one half of a store, and the other half has brought it back.
  @Test
  void areNotEndedForOneThatItsNodeDoesNotKnow() {
    live(1);
    sessions.add(session(2));
    publishes(2);

    publishers.keep(session(1));

    assertPublishes(1);
    assertEnded(2);
  }

  @Test
  void areNotEndedForOneThatHasEndedAtItsNode() {
    live(1);
    sessions.add(session(2));
    even.remembersTheEndOf(id(2));
    publishes(2);

    publishers.keep(session(1));

    assertPublishes(1);
    assertEnded(2);
  }

  @Test
  void areNotEndedForOneWhoseNodeDoesNotAnswer() {
    live(1);
    live(2);
    publishes(2);
    even.setSilent(true);
    publishers.keep(session(1));
    even.setSilent(false);
    silent.add(EVEN);
    publishers.keep(session(1));
    assertThat(odd.closed()).isEmpty();
    assertThat(even.closed()).isEmpty();
    assertThat(sessions.all()).containsExactlyInAnyOrder(session(1), session(2));

    silent.clear();
    publishers.keep(session(1));
    assertEnded(1);
    assertPublishes(2);
  }

  /// DELETE comes between the look at it and the claim.
  @Test
  void doNotHoldAStreamThatWasFreedWhenTheyEnded() {
    live(1);
    var late =
        new StreamStore(
            before(
                "putIfAbsent",
                caches.streams(),
                () -> {
                  sessions.end(id(1));
                  streams.free(session(1));
                }));

    publishers(sessions, late).keep(session(1));

    assertThat(streams.find(STREAM)).isNull();
  }

  @SuppressWarnings("unchecked")
  private <V> BasicCache<String, V> before(
      String operation, BasicCache<String, V> cache, Runnable happens) {
    return (BasicCache<String, V>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BasicCache.class},
            (_, method, arguments) -> {
              if (method.getName().equals(operation)) {
                happens.run();
              }
              try {
                return method.invoke(cache, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }
}
