package io.wishbone.signaling;

import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.wishbone.control.CloseSession;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import io.wishbone.control.OpenSession;
import io.wishbone.control.PullStream;
import io.wishbone.control.Refusal;
import io.wishbone.control.StreamName;
import io.wishbone.control.StreamStatus;
import io.wishbone.store.Edge;
import io.wishbone.store.EdgeStore;
import io.wishbone.store.EdgesRecord;
import io.wishbone.store.NodeStore;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamStore;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Three nodes in two regions, behind one process that is in `eu`.
@QuarkusTest
@TestProfile(ClusterTest.InEurope.class)
class ClusterTest {

  /// A server that says where it is.
  public static final class InEurope implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("wishbone.region", "eu", "wishbone.publisher-conflict", "always");
    }
  }

  private static final NodeId EU1 = ScriptedNode.ID;
  private static final NodeId EU2 = new NodeId("node-2");
  private static final NodeId US1 = new NodeId("node-3");
  private static final StreamName STREAM = new StreamName("studio");

  @Inject ScriptedNode eu1;
  @Inject SessionStore sessions;
  @Inject StreamStore streams;
  @Inject NodeStore nodes;
  @Inject EdgeStore edges;
  @Inject InProcessCarrier carrier;
  @TestHTTPResource URI base;

  private final ScriptedNode eu2 = new ScriptedNode();
  private final ScriptedNode us1 = new ScriptedNode();
  private Http http;

  @BeforeEach
  void start() {
    http = new Http(base);
    TestServer.reset(eu1, sessions, streams);
    EdgesRecord left = edges.find(STREAM);
    edges.replace(left, EdgesRecord.none(STREAM));
    carrier.register(EU2, eu2);
    carrier.register(US1, us1);
    beat(EU1, "eu", 0, 0);
    beat(EU2, "eu", 1, 0);
    beat(US1, "us", 0, 0);
  }

  /// @param capacity 0 for no limit
  private void beat(NodeId node, String region, int sessions, int capacity) {
    carrier.publish(new NodeHeartbeat(node, region, "", 0, sessions, capacity, false));
    await()
        .until(() -> {
          var record = nodes.find(node);
          return record != null
              && record.region().equals(region)
              && record.subscribers() == sessions
              && record.capacity() == capacity;
        });
  }

  private void report(NodeId node, boolean live, int viewers, @Nullable NodeId parent) {
    carrier.publish(new StreamStatus(node, STREAM, live, viewers, List.of(), parent));
  }

  @Test
  void sendsViewersToANodeThatPullsWhenTheOriginIsFull() {
    location(http.publish("studio"));
    assertThat(eu1.received(OpenSession.class)).hasSize(1);
    location(http.play("studio"));
    assertThat(eu1.received(OpenSession.class).getLast().origin()).isNull();

    beat(EU1, "eu", 2, 2);
    location(http.play("studio"));
    assertThat(eu2.received(OpenSession.class).getLast().origin()).isEqualTo(EU1);
    assertThat(edges.find(STREAM).edges())
        .extracting(Edge::node, Edge::parent)
        .containsExactly(tuple(EU2, EU1));

    beat(EU2, "eu", 1, 1);
    location(http.play("studio"));
    assertThat(us1.received(OpenSession.class).getLast().origin()).isEqualTo(EU1);
  }

  @Test
  void asksAnotherNodeWhenTheFirstGetsTheStreamFromNobody() {
    location(http.publish("studio"));
    beat(EU1, "eu", 2, 2);
    eu2.refuseWith(Refusal.STREAM_ABSENT);
    location(http.play("studio"));
    assertThat(eu2.received(OpenSession.class)).hasSize(1);
    assertThat(us1.received(OpenSession.class)).hasSize(1);
    assertThat(edges.find(STREAM).edges()).extracting(Edge::node).containsExactly(US1);
  }

  @Test
  void tellsEdgesWhenThePublisherIsAtAnotherNode() {
    location(http.publish("studio"));
    beat(EU1, "eu", 2, 2);
    location(http.play("studio"));
    // The publisher's node takes no more publishers, so the next one goes elsewhere.
    eu1.refuseWith(Refusal.NODE_DRAINING);
    beat(EU2, "eu", 5, 5);
    location(http.publish("studio"));

    assertThat(us1.received(OpenSession.class)).hasSize(1);
    await().until(() -> eu2.received(PullStream.class).size() == 1);
    assertThat(eu2.received(PullStream.class).getFirst().from()).isEqualTo(US1);
    assertThat(eu1.received(CloseSession.class)).hasSize(1);

    report(EU1, false, 1, null);
    await().until(() -> eu1.received(PullStream.class).size() == 1);
    // One link between regions is enough.
    assertThat(eu1.received(PullStream.class).getFirst().from()).isEqualTo(EU2);
  }

  @Test
  void saysWhenToComeBackWhenNoNodeHasRoom() {
    location(http.publish("studio"));
    beat(EU1, "eu", 2, 2);
    beat(EU2, "eu", 2, 2);
    beat(US1, "us", 2, 2);
    // A session of a full node may have ended by then.
    assertThat(secondsToWait()).isEqualTo(5);
    for (NodeId node : List.of(EU1, EU2, US1)) {
      carrier.publish(new NodeHeartbeat(node, "eu", "", 0, 2, 2, true));
      await().until(() -> Objects.requireNonNull(nodes.find(node)).draining());
    }
    // None of those will take anybody any more: another node has to come.
    assertThat(secondsToWait()).isEqualTo(10);
  }

  private int secondsToWait() {
    var refused = http.play("studio");
    problem(refused, 503);
    return Integer.parseInt(Http.header(refused, "Retry-After"));
  }
}
