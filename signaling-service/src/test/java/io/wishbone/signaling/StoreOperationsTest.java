package io.wishbone.signaling;

import static io.wishbone.signaling.Http.location;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.wishbone.control.CloseReason;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import io.wishbone.control.OpenSession;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.SessionsAlive;
import io.wishbone.control.StreamName;
import io.wishbone.control.StreamStatus;
import io.wishbone.signaling.scale.StoreLoad;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What signalling asks of the store, counted: docs/scale.md reckons with these numbers.
@QuarkusTest
@TestProfile(StoreOperationsTest.Counted.class)
class StoreOperationsTest {

  /// A server whose stores count.
  public static final class Counted implements QuarkusTestProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(CountingStores.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("wishbone.region", "eu");
    }
  }

  private static final StreamName STREAM = new StreamName("studio");
  private static final NodeId ORIGIN = ScriptedNode.ID;
  private static final NodeId EDGE = new NodeId("node-2");

  @Inject CountingStores stores;
  @Inject ScriptedNode origin;
  @Inject InProcessCarrier carrier;
  @TestHTTPResource URI base;

  /// What it costs, with all that it sets going.
  private CountingStores.Count cost(Runnable action) {
    settle();
    var before = stores.count();
    action.run();
    settle();
    return stores.count().minus(before);
  }

  private void settle() {
    CountingStores.Count[] last = {stores.count()};
    await()
        .during(Duration.ofMillis(400))
        .until(() -> {
          var now = stores.count();
          boolean isQuiet = now.equals(last[0]);
          last[0] = now;
          return isQuiet;
        });
  }

  private static CountingStores.Count count(StoreLoad load) {
    return new CountingStores.Count(load.reads(), load.writes(), 0);
  }

  private void beat(NodeId node, int sessions, int capacity) {
    carrier.publish(new NodeHeartbeat(node, "eu", "", 0, sessions, capacity, false));
  }

  private void report(NodeId node, int viewers, @Nullable NodeId parent) {
    carrier.publish(new StreamStatus(node, STREAM, true, viewers, List.of(), parent));
  }

  @Test
  void areAsManyAsTheModelReckonsWith() {
    var edge = new ScriptedNode();
    carrier.register(EDGE, edge);
    beat(EDGE, 10, 0);
    assertThat(cost(() -> beat(ORIGIN, 0, 0))).isEqualTo(count(StoreLoad.HEARTBEAT));

    Http http = new Http(base);
    String[] session = new String[3];
    assertThat(cost(() -> session[2] = location(http.publish("studio"))))
        .isEqualTo(count(StoreLoad.PUBLISH));
    assertThat(cost(() -> session[0] = location(http.play("studio"))))
        .isEqualTo(count(StoreLoad.PLAY));

    beat(ORIGIN, 2, 2);
    location(http.play("studio"));
    assertThat(cost(() -> session[1] = location(http.play("studio"))))
        .isEqualTo(count(StoreLoad.PLAY_AT_EDGE));
    assertThat(edge.received(OpenSession.class)).hasSize(2);

    assertThat(cost(() -> report(ORIGIN, 1, null))).isEqualTo(count(StoreLoad.REPORT_OF_ORIGIN));
    assertThat(cost(() -> report(EDGE, 2, ORIGIN))).isEqualTo(count(StoreLoad.REPORT_OF_EDGE));
    assertThat(cost(() -> carrier.publish(new SessionsAlive(EDGE, List.of(id(session[1]))))))
        .isEqualTo(count(StoreLoad.SESSION_ALIVE));
    assertThat(cost(() -> http.send("DELETE", session[2])))
        .isEqualTo(count(StoreLoad.DELETE_BY_PUBLISHER));
    assertThat(cost(() -> carrier.publish(ended(session[2], SessionRole.PUBLISHER))))
        .isEqualTo(count(StoreLoad.PUBLISHER_ENDED));
    assertThat(cost(() -> http.send("DELETE", session[1]))).isEqualTo(count(StoreLoad.DELETE));
    assertThat(cost(() -> carrier.publish(ended(session[1], SessionRole.SUBSCRIBER))))
        .isEqualTo(count(StoreLoad.ENDED));
  }

  private static SessionEnded ended(String session, SessionRole role) {
    return new SessionEnded(id(session), STREAM, role, CloseReason.CLIENT_DELETED, "");
  }

  private static SessionId id(String session) {
    return new SessionId(session.substring(session.lastIndexOf('/') + 1));
  }
}
