package io.wishbone.signaling.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.Command;
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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AliveSessionsTest {

  private static final NodeId NODE = new NodeId("node-1");
  private static final Duration BRIEF = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofHours(1);

  private final EmbeddedCaches caches = new EmbeddedCaches();
  private final InProcessCarrier carrier = new InProcessCarrier();

  @AfterEach
  void stop() {
    caches.close();
  }

  @Test
  void areKeptForAsLongAsTheirNodeNamesThem() {
    var briefSessions = new SessionStore(caches.sessions(), LONG, BRIEF, LONG);
    var briefStreams = new StreamStore(caches.streams(), BRIEF);
    for (int number : new int[] {1, 2}) {
      briefSessions.add(session(number));
      briefStreams.claim(new StreamRecord(stream(number), id(number), NODE, null, Instant.EPOCH));
    }
    var sessions = new SessionStore(caches.sessions());
    var streams = new StreamStore(caches.streams());

    new AliveSessions(
            sessions,
            streams,
            new Dispatcher(
                carrier,
                _ -> false,
                new SignalingMetrics(new SimpleMeterRegistry()),
                Traces.none()))
        .renew(new SessionsAlive(NODE, List.of(id(1), id(3))));

    await().until(() -> sessions.find(id(2)) == null && streams.find(stream(2)) == null);
    assertThat(sessions.all()).containsExactly(session(1));
    assertThat(streams.all()).extracting(StreamRecord::publisher).containsExactly(id(1));
  }

  @Test
  void areRenewedAlthoughThereAreManyAndSomeFail() {
    var sessions = new SessionStore(caches.sessions(), LONG, BRIEF, LONG);
    List<SessionId> ids = new ArrayList<>();
    for (int number = 1; number <= 500; number++) {
      sessions.add(session(number));
      ids.add(id(number));
    }
    ids.add(250, id(501));
    sessions.add(session(501));
    sessions.end(id(501));
    MediaNodes failing =
        (_, _) -> {
          throw new IllegalStateException("a carrier that fails");
        };
    var alive =
        new AliveSessions(
            new SessionStore(caches.sessions()),
            new StreamStore(caches.streams()),
            new Dispatcher(
                failing,
                _ -> false,
                new SignalingMetrics(new SimpleMeterRegistry()),
                Traces.none()));

    assertThatThrownBy(() -> alive.renew(new SessionsAlive(NODE, ids)))
        .hasMessage("a carrier that fails");

    assertThat(
            caches.sessions().values().stream()
                .filter(each -> each.state() == SessionState.OPEN)
                .toList())
        .hasSize(500);
    // What was not renewed would be gone after this.
    sessions.add(session(502));
    await().until(() -> sessions.find(id(502)) == null);
    assertThat(sessions.find(id(250))).isNotNull();
    assertThat(sessions.find(id(500))).isNotNull();
  }

  @Test
  void areClosedAgainWhenTheyGoOnAtTheirNodeAfterTheirEnd() {
    var sessions = new SessionStore(caches.sessions());
    for (int number : new int[] {1, 2}) {
      sessions.add(session(number));
    }
    sessions.end(id(2));
    List<Command> sent = new ArrayList<>();
    carrier.register(NODE, (command, _) -> sent.add(command));

    new AliveSessions(
            sessions,
            new StreamStore(caches.streams()),
            new Dispatcher(
                carrier,
                _ -> false,
                new SignalingMetrics(new SimpleMeterRegistry()),
                Traces.none()))
        .renew(new SessionsAlive(NODE, List.of(id(1), id(2), id(3))));

    assertThat(sent).containsExactly(new CloseSession(id(2), CloseReason.ABANDONED));
  }

  @Test
  void leaveAStreamToTheOneOfTwoPublishersThatHasIt() {
    var sessions = new SessionStore(caches.sessions());
    var streams = new StreamStore(caches.streams());
    for (int number : new int[] {1, 2, 3}) {
      sessions.add(session(number, stream(1)));
    }
    sessions.end(id(3));
    streams.claim(new StreamRecord(stream(1), id(2), NODE, null, Instant.EPOCH));
    List<Command> sent = new ArrayList<>();
    carrier.register(NODE, (command, _) -> sent.add(command));
    var alive =
        new AliveSessions(
            sessions,
            streams,
            new Dispatcher(
                carrier,
                _ -> false,
                new SignalingMetrics(new SimpleMeterRegistry()),
                Traces.none()));

    alive.renew(new SessionsAlive(NODE, List.of(id(1), id(2))));

    assertThat(sent).containsExactly(new CloseSession(id(1), CloseReason.REPLACED));
    assertThat(sessions.find(id(2))).isEqualTo(session(2, stream(1)));

    // One that is gone takes nobody's place.
    sessions.add(session(4, stream(1)));
    sessions.end(id(2));
    alive.renew(new SessionsAlive(NODE, List.of(id(4))));
    assertThat(sent).hasSize(1);
  }

  private static SessionRecord session(int number) {
    return session(number, stream(number));
  }

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
        Instant.EPOCH);
  }

  private static StreamName stream(int number) {
    return new StreamName("stream-" + number);
  }

  private static SessionId id(int number) {
    return new SessionId("%022d".formatted(number));
  }
}
