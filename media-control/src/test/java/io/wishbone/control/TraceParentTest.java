package io.wishbone.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `traceparent` of W3C Trace Context.
class TraceParentTest {
  private static final String TEXT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void hasAnIdOfTheTraceAndOneOfTheParent() {
    TraceParent trace = Objects.requireNonNull(TraceParent.parse(TEXT));
    assertThat(trace.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(trace.spanId()).isEqualTo("00f067aa0ba902b7");
    assertThat(trace.isSampled()).isTrue();
    assertThat(TraceParent.of(trace.traceId(), trace.spanId(), true)).isEqualTo(trace);
    assertThat(TraceParent.of(trace.traceId(), trace.spanId(), false).isSampled()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
      })
  void isNothingElse(String text) {
    assertThat(TraceParent.parse(text)).isNull();
  }

  @Test
  void isThereWhileItIsBoundAndNotAfterwards() {
    TraceParent trace = new TraceParent(TEXT);
    List<@Nullable TraceParent> seen = new ArrayList<>();
    seen.add(TraceParent.current());
    trace.run(() -> seen.add(TraceParent.current()));
    TraceParent.run(null, () -> seen.add(TraceParent.current()));
    TraceParent.run(trace, () -> seen.add(TraceParent.current()));
    assertThat(seen).containsExactly(null, trace, null, trace);
    assertThat(trace.<@Nullable TraceParent>call(TraceParent::current)).isEqualTo(trace);
    assertThat(TraceParent.current()).isNull();
  }

  @Test
  void reachesTheNodeWithACommandInOneProcess() {
    var carrier = new InProcessCarrier();
    List<@Nullable TraceParent> seen = new ArrayList<>();
    var node = new NodeId("node-1");
    carrier.register(
        node,
        (command, reply) -> {
          seen.add(TraceParent.current());
          reply.accept(new SessionClosed(command.sessionId()));
        });
    var command = new CloseSession(new SessionId("a".repeat(22)), CloseReason.OPERATOR);
    new TraceParent(TEXT).run(() -> carrier.send(node, command).toCompletableFuture().join());
    carrier.send(node, command).toCompletableFuture().join();
    assertThat(seen).containsExactly(new TraceParent(TEXT), null);
  }
}
