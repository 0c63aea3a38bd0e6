package io.wishbone.node.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.wishbone.control.AddCandidates;
import io.wishbone.control.CandidatesAdded;
import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.CommandHandler;
import io.wishbone.control.MediaNodes;
import io.wishbone.control.NodeId;
import io.wishbone.control.OpenRelay;
import io.wishbone.control.OpenSession;
import io.wishbone.control.Refusal;
import io.wishbone.control.Refused;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionOpened;
import io.wishbone.control.StreamName;
import io.wishbone.control.TraceParent;
import io.wishbone.node.doctor.Verdict;
import io.wishbone.node.worker.EndReason;
import io.wishbone.node.worker.Milestone;
import io.wishbone.node.worker.SessionRole;
import io.wishbone.node.worker.StreamReport;
import io.wishbone.node.worker.WorkerListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Spans are made of a command and of milestones.
class NodeTracesTest {
  private static final SessionId ID = new SessionId("session-0123456789abcdef");
  private static final TraceParent TRACE =
      TraceParent.of("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
  private static final NodeId NODE = new NodeId("node-2");
  private static final long MILLI = 1_000_000L;

  private final KeptSpans kept = new KeptSpans();
  private long now = 5 * MILLI;
  private final SessionSpans spans = new SessionSpans(kept.tracer(), () -> now);
  private final List<@Nullable TraceParent> heard = new ArrayList<>();
  private final WorkerListener events =
      new WorkerListener() {
        @Override
        public void onConnected(String sessionId, String stream, SessionRole role) {
          heard.add(TraceParent.current());
        }

        @Override
        public void onEnded(
            String sessionId,
            String stream,
            SessionRole role,
            EndReason reason,
            String detail,
            Verdict verdict) {
          heard.add(TraceParent.current());
        }

        @Override
        public void onPullEnded(String pullId) {}

        @Override
        public void onStream(StreamReport report) {}
      };
  private final WorkerListener worker = new TracedWorker(events, spans);

  private static OpenSession open() {
    return new OpenSession(
        ID, new StreamName("studio"), io.wishbone.control.SessionRole.PUBLISHER, "a secret offer");
  }

  private void open(Reply reply) {
    CommandHandler handler = new TracedCommands((_, answer) -> answer.accept(reply), spans);
    TRACE.run(() -> handler.handle(open(), _ -> {}));
  }

  private void reach(Milestone milestone, long millis) {
    now = millis * MILLI;
    worker.onMilestone(ID.value(), milestone, now);
  }

  private static long millis(SpanData span) {
    return (span.getEndEpochNanos() - span.getStartEpochNanos()) / MILLI;
  }

  @Test
  void goesOnWithTheTraceOfTheCommand() {
    open(new SessionOpened(ID, "answer"));
    reach(Milestone.CHECKED, 15);
    reach(Milestone.CONNECTED, 45);
    worker.onConnected(ID.value(), "studio", SessionRole.PUBLISHER);
    reach(Milestone.FIRST_PACKET, 50);
    reach(Milestone.FIRST_KEYFRAME, 52);
    reach(Milestone.FIRST_EGRESS, 80);
    now = 100 * MILLI;
    worker.onEnded(
        ID.value(), "studio", SessionRole.PUBLISHER, EndReason.SILENT, "", Verdict.NO_MEDIA);

    assertThat(kept.names())
        .containsExactly(
            "handle OpenSession",
            "ice",
            "dtls",
            "first packet",
            "first keyframe",
            "first egress",
            "session");
    SpanData handled = kept.span("handle OpenSession");
    assertThat(handled.getTraceId()).isEqualTo(TRACE.traceId());
    assertThat(handled.getParentSpanId()).isEqualTo(TRACE.spanId());
    assertThat(kept.spans().subList(1, 7))
        .allSatisfy(span -> assertThat(span.getParentSpanId()).isEqualTo(handled.getSpanId()));
    assertThat(millis(kept.span("ice"))).isEqualTo(10);
    assertThat(millis(kept.span("dtls"))).isEqualTo(30);
    assertThat(millis(kept.span("session"))).isEqualTo(95);
    assertThat(kept.span("session").getAttributes().get(AttributeKey.stringKey("wishbone.verdict")))
        .isEqualTo("no_media");
    assertThat(kept.spans().toString()).doesNotContain(ID.value(), "secret");
    assertThat(heard)
        .containsOnly(TraceParent.of(TRACE.traceId(), handled.getSpanId(), true))
        .hasSize(2);
  }

  @Test
  void forgetsASessionThatHasEndedOrNeverWas() {
    open(new Refused(ID, Refusal.NODE_FULL, "no room"));
    assertThat(spans.traceOf(ID.value())).isNull();
    assertThat(
            kept.span("handle OpenSession")
                .getAttributes()
                .get(AttributeKey.stringKey("wishbone.outcome")))
        .isEqualTo("node_full");

    open(new SessionOpened(ID, "answer"));
    assertThat(spans.traceOf(ID.value())).isNotNull();
    worker.onEnded(ID.value(), "studio", SessionRole.PUBLISHER, EndReason.CLOSED, "", Verdict.OK);
    assertThat(spans.traceOf(ID.value())).isNull();
    int before = kept.spans().size();
    reach(Milestone.CHECKED, 200);
    assertThat(kept.spans()).hasSize(before);
  }

  @Test
  void recordsOtherCommandsAndWhatTheyAskOfOtherNodes() {
    var relay = new OpenRelay(ID, new StreamName("studio"), NODE, "a secret offer");
    MediaNodes nodes =
        new TracedNodes(
            (_, _) -> {
              heard.add(TraceParent.current());
              return CompletableFuture.completedFuture(
                  new Refused(ID, Refusal.STREAM_ABSENT, "not here"));
            },
            spans);
    CommandHandler handler =
        new TracedCommands(
            (_, reply) -> {
              now += 3 * MILLI;
              nodes.send(NODE, relay);
              reply.accept(new CandidatesAdded(ID));
            },
            spans);
    TRACE.run(() -> handler.handle(new AddCandidates(ID, "a secret fragment"), _ -> {}));

    assertThat(kept.names()).containsExactly("send OpenRelay", "handle AddCandidates");
    SpanData handled = kept.span("handle AddCandidates");
    assertThat(handled.getParentSpanId()).isEqualTo(TRACE.spanId());
    assertThat(millis(handled)).isEqualTo(3);
    SpanData sent = kept.span("send OpenRelay");
    assertThat(sent.getParentSpanId()).isEqualTo(handled.getSpanId());
    assertThat(sent.getAttributes().get(AttributeKey.stringKey("wishbone.outcome")))
        .isEqualTo("stream_absent");
    assertThat(heard).containsExactly(TraceParent.of(TRACE.traceId(), sent.getSpanId(), true));
    assertThat(kept.spans().toString()).doesNotContain(ID.value(), "secret");
  }

  @Test
  void recordsANodeThatCannotBeAsked() {
    MediaNodes nodes =
        new TracedNodes(
            (_, _) -> CompletableFuture.failedFuture(new IllegalStateException("a secret")), spans);
    TRACE.run(() -> nodes.send(NODE, new CloseSession(ID, CloseReason.ABANDONED)));
    SpanData sent = kept.span("send CloseSession");
    assertThat(sent.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(kept.spans().toString()).doesNotContain("secret");
  }

  @Test
  void recordsNothingOutsideOfATrace() {
    new TracedCommands((_, answer) -> answer.accept(new SessionOpened(ID, "answer")), spans)
        .handle(open(), _ -> {});
    new TracedCommands((_, answer) -> answer.accept(new CandidatesAdded(ID)), spans)
        .handle(new AddCandidates(ID, ""), _ -> {});
    var _ =
        new TracedNodes((_, _) -> new CompletableFuture<>(), spans)
            .send(NODE, new CloseSession(ID, CloseReason.ABANDONED));
    reach(Milestone.CHECKED, 15);
    worker.onConnected(ID.value(), "studio", SessionRole.PUBLISHER);
    assertThat(kept.spans()).isEmpty();
    assertThat(heard).containsOnlyNulls();
  }

  @Test
  void leavesEverythingAsItIsWhereNobodyRecords() {
    CommandHandler handler = (_, _) -> {};
    assertThat(NodeTraces.none().follow(handler)).isSameAs(handler);
    assertThat(NodeTraces.none().follow(events)).isSameAs(events);
    MediaNodes nodes = (_, _) -> new CompletableFuture<>();
    assertThat(NodeTraces.none().follow(nodes)).isSameAs(nodes);
  }
}
