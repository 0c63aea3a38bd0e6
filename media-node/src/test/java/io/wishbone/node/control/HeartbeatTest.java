package io.wishbone.node.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionsAlive;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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

  @Test
  void saysNothingOfNoSessions() {
    assertThat(named(0)).isEmpty();
  }
}
