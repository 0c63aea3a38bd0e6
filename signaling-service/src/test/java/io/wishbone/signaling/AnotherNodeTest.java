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
import io.wishbone.control.Command;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import io.wishbone.control.OpenSession;
import io.wishbone.control.Refusal;
import io.wishbone.signaling.dispatch.LostNodesByTheTestsTime;
import io.wishbone.store.NodeStore;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// A POST whose node refuses it, or dies over it, goes to another node.
@QuarkusTest
@TestProfile(AnotherNodeTest.ByTheTestsTime.class)
class AnotherNodeTest extends OverHttp {

  /// A server that knows of silent nodes by the time of the test.
  public static final class ByTheTestsTime implements QuarkusTestProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(LostNodesByTheTestsTime.class);
    }
  }

  private static final NodeId FIRST = ScriptedNode.ID;
  private static final NodeId SECOND = new NodeId("node-2");

  @Inject InProcessCarrier carrier;
  @Inject NodeStore nodes;
  @Inject LostNodesByTheTestsTime time;

  private final ScriptedNode second = new ScriptedNode();

  @BeforeEach
  void start() {
    carrier.register(FIRST, node);
    carrier.register(SECOND, second);
    // The first one has less to do, so it is asked first.
    beat(FIRST, 0);
    beat(SECOND, 5);
  }

  @AfterEach
  void isBack() {
    carrier.register(FIRST, node);
  }

  private void beat(NodeId id, int publishers) {
    carrier.publish(new NodeHeartbeat(id, "", "", publishers, 0, 10, false));
    await()
        .until(() -> {
          var known = nodes.find(id);
          return known != null && known.publishers() == publishers && known.capacity() == 10;
        });
  }

  private void assertOpenAtTheSecond() {
    assertThat(sessions.all().stream().filter(each -> each.state() != SessionState.ENDED))
        .singleElement()
        .satisfies(session -> {
          assertThat(session.node()).isEqualTo(SECOND);
          assertThat(session.state()).isEqualTo(SessionState.OPEN);
        });
    assertThat(second.received(OpenSession.class))
        .singleElement()
        .satisfies(open ->
            assertThat(open.sessionId())
                .isEqualTo(
                    sessions.all().stream()
                        .filter(each -> each.state() == SessionState.OPEN)
                        .map(SessionRecord::id)
                        .findFirst()
                        .orElseThrow()));
  }

  @ParameterizedTest
  @EnumSource(names = {"NODE_FULL", "NODE_DRAINING", "STREAM_FULL"})
  void whichIsAskedWhenTheFirstRefusesForItself(Refusal reason) {
    node.refuseWith(reason);
    location(http.publish("studio"));
    assertThat(node.received(OpenSession.class)).hasSize(1);
    assertOpenAtTheSecond();
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"NODE_FULL", "NODE_DRAINING", "STREAM_FULL"})
  void whichIsNotAskedWhenTheFirstRefusesTheOffer(Refusal reason) {
    node.refuseWith(reason);
    assertThat(http.publish("studio").statusCode()).isGreaterThanOrEqualTo(400);
    assertThat(node.received(OpenSession.class)).hasSize(1);
    assertThat(second.received(Command.class)).isEmpty();
    assertThat(sessions.all()).isEmpty();
    assertThat(streams.all()).isEmpty();
  }

  /// Others speak on, and it has not answered yet.
  @Test
  void whichIsAskedWhenTheFirstDiesOverIt() {
    time.pass(Duration.ofSeconds(20), List.of(FIRST, SECOND));
    List<Command> received = new CopyOnWriteArrayList<>();
    carrier.register(
        FIRST,
        (command, _) -> {
          received.add(command);
          if (command instanceof OpenSession) {
            time.pass(NodeStore.LIFESPAN.plusMillis(500), List.of(SECOND));
          }
        });

    location(http.publish("studio"));

    assertThat(received).first().isInstanceOf(OpenSession.class);
    assertOpenAtTheSecond();
    // If it was only cut off, it is told when it is back.
    await()
        .untilAsserted(() ->
            assertThat(received)
                .last()
                .isEqualTo(
                    new CloseSession(received.getFirst().sessionId(), CloseReason.ABANDONED)));
  }

  /// A carrier that fails says nothing of the node: the client is to come again.
  @Test
  void whichIsNotAskedWhenTheFirstDoesNotAnswerAndIsAlive() {
    time.pass(Duration.ofSeconds(20), List.of(FIRST, SECOND));
    node.fallSilent();
    problem(http.publish("studio"), 503);
    assertThat(second.received(OpenSession.class)).isEmpty();
    assertThat(streams.all()).isEmpty();
  }

  @Test
  void isNotThereWhenAllRefuse() {
    node.refuseWith(Refusal.NODE_FULL);
    second.refuseWith(Refusal.NODE_DRAINING);
    var refused = http.publish("studio");
    problem(refused, 503);
    assertThat(Integer.parseInt(Http.header(refused, "Retry-After"))).isPositive();
    assertThat(node.received(OpenSession.class)).hasSize(1);
    assertThat(second.received(OpenSession.class)).hasSize(1);
    assertThat(sessions.all()).isEmpty();
  }
}
