package io.wishbone.signaling.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wishbone.control.AddCandidates;
import io.wishbone.control.CandidatesAdded;
import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.Command;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.signaling.metrics.SignalingMetrics;
import io.wishbone.signaling.tracing.Traces;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The carrier waits for hours, so whatever ends here is not ended by it.
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DispatcherTest {

  private static final NodeId NODE = new NodeId("node-1");
  private static final SessionId ID = new SessionId("%022d".formatted(1));
  private static final Command TRICKLE = new AddCandidates(ID, "a=end-of-candidates\r\n");
  private static final Command CLOSE = new CloseSession(ID, CloseReason.CLIENT_DELETED);

  private final InProcessCarrier carrier = new InProcessCarrier(Duration.ofHours(5));
  private final List<Command> sent = new CopyOnWriteArrayList<>();
  private volatile boolean isSilent;
  private final Dispatcher dispatcher =
      new Dispatcher(
          carrier, _ -> isSilent, new SignalingMetrics(new SimpleMeterRegistry()), Traces.none());

  @Test
  void waitsForANodeThatSpeaks() {
    carrier.register(
        NODE, (_, reply) -> Thread.startVirtualThread(() -> reply.accept(new CandidatesAdded(ID))));
    assertThat(dispatcher.send(NODE, TRICKLE)).isEqualTo(new CandidatesAdded(ID));
  }

  @Test
  void waitsForNoNodeThatIsSilentAndTellsItOnlyWhatEnds() {
    carrier.register(NODE, (command, _) -> sent.add(command));
    isSilent = true;
    for (Command command : List.of(TRICKLE, CLOSE)) {
      assertThatThrownBy(() -> dispatcher.send(NODE, command))
          .isInstanceOfSatisfying(
              ProblemException.class, problem -> assertThat(problem.status()).isEqualTo(503));
    }
    assertThat(sent).containsExactly(CLOSE);
  }

  @Test
  void waitsNoLongerForANodeThatFallsSilent() {
    carrier.register(
        NODE,
        (command, _) -> {
          sent.add(command);
          isSilent = true;
        });
    assertThatThrownBy(() -> dispatcher.send(NODE, TRICKLE))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("does not reply");
    assertThat(sent).containsExactly(TRICKLE);
  }
}
