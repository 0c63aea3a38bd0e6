package io.wishbone.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InProcessCarrierTest {

  private static final NodeId NODE = new NodeId("node-1");
  private static final SessionId ID = new SessionId("abcdefghijklmnopqrstuv");
  private static final Command COMMAND = new CloseSession(ID, CloseReason.CLIENT_DELETED);

  private final InProcessCarrier carrier = new InProcessCarrier(Duration.ofMillis(50));

  @Test
  void bringsACommandToItsNodeAndTheReplyBack() throws Exception {
    List<Command> received = new ArrayList<>();
    carrier.register(
        NODE,
        (command, reply) -> {
          received.add(command);
          reply.accept(new SessionClosed(command.sessionId()));
        });

    assertThat(send()).isCompletedWithValue(new SessionClosed(ID));
    assertThat(received).containsExactly(COMMAND);
  }

  @Test
  void failsAtOnceWhenThereIsNoSuchNode() {
    assertThatThrownBy(() -> send().get(0, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(NodeUnreachableException.class)
        .hasMessageContaining("node-1 is not there");
  }

  @Test
  void failsWhenTheReplyMissesTheDeadline() {
    carrier.register(NODE, (_, _) -> {});
    assertThatThrownBy(() -> send().get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(NodeUnreachableException.class)
        .hasMessageContaining("within 50 ms");
  }

  @Test
  void passesOnWhatTheHandlerThrows() {
    carrier.register(
        NODE,
        (_, _) -> {
          throw new IllegalStateException("broken");
        });
    assertThatThrownBy(() -> send().get(0, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void forgetsANodeThatIsUnregistered() {
    carrier.register(NODE, (command, reply) -> reply.accept(new SessionClosed(ID)));
    carrier.unregister(NODE);
    assertThat(send()).isCompletedExceptionally();
  }

  @Test
  void bringsEventsToEveryListenerInOrder() {
    List<NodeEvent> first = new ArrayList<>();
    List<NodeEvent> second = new ArrayList<>();
    carrier.watch(first::add);
    carrier.subscribe(event -> {
      second.add(event);
      return CompletableFuture.completedStage(null);
    });
    var connected = new SessionConnected(ID, new StreamName("s"), SessionRole.PUBLISHER);
    var ended =
        new SessionEnded(
            ID, new StreamName("s"), SessionRole.PUBLISHER, CloseReason.CLIENT_CLOSED, "");

    carrier.publish(connected);
    carrier.publish(ended);

    assertThat(first).containsExactly(connected, ended);
    assertThat(second).containsExactly(connected, ended);
  }

  private CompletableFuture<Reply> send() {
    return carrier.send(NODE, COMMAND).toCompletableFuture();
  }
}
