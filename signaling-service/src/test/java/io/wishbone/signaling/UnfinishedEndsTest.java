package io.wishbone.signaling;

import static io.wishbone.signaling.Http.location;
import static io.wishbone.signaling.Http.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import io.wishbone.control.Refusal;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionsAlive;
import io.wishbone.control.StreamName;
import io.wishbone.store.NodeStore;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.StreamRecord;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A session is to end, and the node cannot be told, or the store fails half-way. What is left of
/// it is put right when nodes name their sessions.
@QuarkusTest
@TestProfile(UnfinishedEndsTest.WithOutages.class)
class UnfinishedEndsTest extends OverHttp {

  /// A server on which every publisher may replace another, and whose sessions cannot be reached
  /// now and then.
  public static final class WithOutages implements QuarkusTestProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(SessionsInOutage.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("wishbone.publisher-conflict", "always");
    }
  }

  private static final NodeId FIRST = ScriptedNode.ID;
  private static final NodeId SECOND = new NodeId("node-2");
  private static final StreamName STUDIO = new StreamName("studio");

  @Inject InProcessCarrier carrier;
  @Inject NodeStore nodes;
  @Inject SessionsInOutage store;

  private final ScriptedNode second = new ScriptedNode();

  @BeforeEach
  void start() {
    carrier.register(FIRST, node);
    carrier.register(SECOND, second);
    carrier.publish(new NodeHeartbeat(SECOND, "", "", 5, 0, 10, false));
    await().until(() -> nodes.find(SECOND) != null);
  }

  @AfterEach
  void isBack() {
    store.failToReplaceBy(_ -> false);
    carrier.register(FIRST, node);
  }

  private static SessionId id(String location) {
    return new SessionId(location.substring(location.lastIndexOf('/') + 1));
  }

  private void name(NodeId at, SessionId... named) {
    carrier.publish(new SessionsAlive(at, List.of(named)));
  }

  private @Nullable SessionState state(SessionId id) {
    SessionRecord session = sessions.find(id);
    return session == null ? null : session.state();
  }

  private @Nullable SessionId publisher() {
    StreamRecord stream = streams.find(STUDIO);
    return stream == null ? null : stream.publisher();
  }

  /// No broker is there when DELETE comes, and none for longer than tombstones are kept.
  @Test
  void aSessionThatItsNodeWasNotToldToEndIsEndedWhenItIsNamed() {
    String session = location(http.publish("studio"));
    String marker = location(http.publish("marker"));
    assertThat(http.send("DELETE", marker).statusCode()).isEqualTo(200);
    carrier.unregister(FIRST);
    assertThat(http.send("DELETE", session).statusCode()).isEqualTo(200);
    assertThat(publisher()).isNull();
    // A node that does not answer is the same.
    carrier.register(FIRST, node);
    String unheard = location(http.publish("unheard"));
    node.fallSilent();
    assertThat(http.send("DELETE", unheard).statusCode()).isEqualTo(200);
    node.reset();
    String last = location(publishElsewhere("last"));
    assertThat(http.send("DELETE", last).statusCode()).isEqualTo(200);
    await().until(() -> state(id(marker)) == null && state(id(last)) == null);

    node.reset();
    name(FIRST, id(session), id(unheard), id(marker));

    await()
        .untilAsserted(() ->
            assertThat(node.received(CloseSession.class))
                .containsExactlyInAnyOrder(
                    new CloseSession(id(session), CloseReason.ABANDONED),
                    new CloseSession(id(unheard), CloseReason.ABANDONED)));
  }

  /// Publishes at the second node, for the first one is full.
  private HttpResponse<String> publishElsewhere(String stream) {
    node.refuseWith(Refusal.NODE_FULL);
    return http.publish(stream);
  }

  /// The store dies before it hears that the new publisher is open: the old one goes on.
  @Test
  void aPublisherHasItsStreamAgainWhenATakeoverFails() {
    SessionId first = id(location(http.publish("studio")));
    store.failToReplaceBy(next -> next.state() == SessionState.OPEN && !next.id().equals(first));
    problem(publishElsewhere("studio"), 503);
    node.refuseWith(null);
    assertThat(state(first)).isEqualTo(SessionState.OPEN);
    store.failToReplaceBy(_ -> false);

    name(FIRST, first);

    await().until(() -> first.equals(publisher()));
    assertThat(state(first)).isEqualTo(SessionState.OPEN);
    assertThat(node.received(CloseSession.class)).isEmpty();
    location(http.play("studio"));
  }

  /// The store dies when it is to hear that the old publisher is over: the new one is there.
  @Test
  void aPublisherIsReplacedAlthoughTheStoreDoesNotHearOfItsEnd() {
    SessionId first = id(location(http.publish("studio")));
    store.failToReplaceBy(next -> next.state() == SessionState.ENDED);
    // Nor does its node hear of it.
    node.beforeReply(_ -> carrier.unregister(FIRST));
    SessionId next = id(location(publishElsewhere("studio")));
    assertThat(publisher()).isEqualTo(next);
    assertThat(state(first)).isEqualTo(SessionState.OPEN);
    store.failToReplaceBy(_ -> false);
    node.reset();
    carrier.register(FIRST, node);

    name(FIRST, first);

    await()
        .untilAsserted(() ->
            assertThat(node.received(CloseSession.class))
                .containsExactly(new CloseSession(first, CloseReason.REPLACED)));
    assertThat(state(first)).isEqualTo(SessionState.ENDED);
    assertThat(Objects.requireNonNull(sessions.find(next)).state()).isEqualTo(SessionState.OPEN);
    assertThat(publisher()).isEqualTo(next);
  }
}
