package io.wishbone.node.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionsAlive;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatTest {
  private static final NodeId NODE = new NodeId("node-1");

  private final List<NodeEvent> events = new ArrayList<>();

  private List<SessionsAlive> named(int sessions) {
    List<SessionId> ids =
        IntStream.range(0, sessions).mapToObj(i -> new SessionId("%022d".formatted(i))).toList();
    var heartbeat =
        new Heartbeat(
            events::add, () -> new NodeHeartbeat(NODE, "", "", 0, sessions, 0, false), () -> ids);
    heartbeat.nameSessions();
    heartbeat.stop();
    List<SessionsAlive> named = events.stream().map(SessionsAlive.class::cast).toList();
    assertThat(named.stream().flatMap(event -> event.sessions().stream())).isEqualTo(ids);
    return named;
  }

  @Test
  void namesAllSessionsInMessagesOfBoundedSize() {
    assertThat(named(2 * SessionsAlive.MAX_SESSIONS + 1))
        .extracting(event -> event.sessions().size())
        .containsExactly(SessionsAlive.MAX_SESSIONS, SessionsAlive.MAX_SESSIONS, 1);
  }

  /// A node that fell silent for a fault of one moment would be taken for lost.
  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class})
  void beatsOnWhenALookAtTheNodeFails(Class<? extends Throwable> failure) throws Exception {
    var said = new LinkedBlockingQueue<NodeEvent>();
    var looks = new AtomicInteger();
    var heartbeat =
        new Heartbeat(
            said::add,
            () -> {
              if (looks.getAndIncrement() == 0) {
                fail(failure);
              }
              return new NodeHeartbeat(NODE, "", "", 0, 0, 0, false);
            },
            () -> {
              fail(failure);
              return List.of();
            });
    heartbeat.start();
    heartbeat.nameSessionsNow();
    assertThat(said.poll(20, TimeUnit.SECONDS)).isInstanceOf(NodeHeartbeat.class);
    assertThat(said.poll(20, TimeUnit.SECONDS)).isInstanceOf(NodeHeartbeat.class);
    heartbeat.stop();
  }

  private static void fail(Class<? extends Throwable> failure) {
    if (failure == StackOverflowError.class) {
      throw new StackOverflowError("the test says so");
    }
    throw new IllegalStateException("the test says so");
  }

  @Test
  void saysNothingOfNoSessions() {
    assertThat(named(0)).isEmpty();
  }
}
