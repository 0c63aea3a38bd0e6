package io.wishbone.signaling.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.wishbone.control.AddCandidates;
import io.wishbone.control.CandidatesAdded;
import io.wishbone.control.NodeId;
import io.wishbone.control.OpenSession;
import io.wishbone.control.PullStream;
import io.wishbone.control.Refusal;
import io.wishbone.control.Refused;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionOpened;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.control.TraceParent;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.store.RemoteIce;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TracesTest {
  private static final SessionId ID = new SessionId("session-0123456789abcdef");
  private static final NodeId NODE = new NodeId("node-1");

  private final KeptSpans kept = new KeptSpans();
  private final Traces traces = new Traces(kept.tracer());
  private final AtomicReference<@Nullable TraceParent> told = new AtomicReference<>();

  /// A response without a server around it.
  private static Response noResponse() {
    throw new IllegalStateException("a secret of a fault");
  }

  private OpenSession command() {
    return new OpenSession(ID, new StreamName("studio"), SessionRole.PUBLISHER, "a secret offer");
  }

  private void open() {
    traces.label(ID, new StreamName("studio"));
    traces.step("place", () -> NODE, NodeId::value);
    traces.command(
        NODE,
        command(),
        () -> {
          told.set(TraceParent.current());
          return new SessionOpened(ID, "answer");
        });
  }

  @Test
  void aRequestHasStepsAndACommandThatTheNodeGoesOnWith() {
    assertThatThrownBy(() ->
            traces.request(
                SessionRole.PUBLISHER,
                () -> {
                  open();
                  return noResponse();
                }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(kept.names()).containsExactly("place", "send OpenSession", "POST whip");
    SpanData request = kept.span("POST whip");
    SpanData sent = kept.span("send OpenSession");
    assertThat(request.getParentSpanContext().isValid()).isFalse();
    assertThat(kept.span("place").getParentSpanId()).isEqualTo(request.getSpanId());
    assertThat(sent.getParentSpanId()).isEqualTo(request.getSpanId());
    assertThat(told.get()).isEqualTo(TraceParent.of(request.getTraceId(), sent.getSpanId(), true));
    assertThat(request.getAttributes().get(AttributeKey.stringKey("wishbone.session")))
        .isEqualTo(ID.alias());
    assertThat(request.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(kept.spans().toString()).doesNotContain(ID.value(), "secret");
    assertThat(TraceParent.current()).isNull();
  }

  private static SessionRecord session(@Nullable String trace) {
    return new SessionRecord(
        ID,
        new StreamName("studio"),
        SessionRole.PUBLISHER,
        NODE,
        SessionState.OPEN,
        "tag",
        new RemoteIce("ufrag", "password"),
        null,
        null,
        null,
        trace,
        Instant.EPOCH);
  }

  @Test
  void whatIsAskedLaterIsPartOfTheTraceThatTheSessionBeganWith() {
    var began = TraceParent.of("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
    assertThatThrownBy(() ->
            traces.request(
                "PATCH",
                session(began.value()),
                () -> {
                  traces.command(
                      NODE,
                      new AddCandidates(ID, "a secret fragment"),
                      () -> new CandidatesAdded(ID));
                  throw ProblemException.preconditionFailed("another ICE session");
                }))
        .isInstanceOf(ProblemException.class);

    SpanData request = kept.span("PATCH whip");
    assertThat(request.getTraceId()).isEqualTo(began.traceId());
    assertThat(request.getParentSpanId()).isEqualTo(began.spanId());
    assertThat(request.getAttributes().get(AttributeKey.stringKey("http.route")))
        .isEqualTo("/whip/resource/{id}");
    assertThat(request.getAttributes().get(AttributeKey.longKey("http.response.status_code")))
        .isEqualTo(412);
    assertThat(kept.span("send AddCandidates").getParentSpanId()).isEqualTo(request.getSpanId());
    assertThat(kept.spans().toString()).doesNotContain(ID.value(), "secret");
  }

  @Test
  void aSessionRemembersTheTraceThatItBeginsWith() {
    var remembered = new AtomicReference<@Nullable String>();
    assertThatThrownBy(() ->
            traces.request(
                SessionRole.PUBLISHER,
                () -> {
                  remembered.set(traces.current());
                  assertThat(Traces.none().current()).isNull();
                  return noResponse();
                }))
        .isInstanceOf(IllegalStateException.class);
    SpanData request = kept.span("POST whip");
    assertThat(TraceParent.parse(remembered.get()))
        .isEqualTo(TraceParent.of(request.getTraceId(), request.getSpanId(), true));
  }

  @Test
  void whatIsAskedOfASessionWithoutATraceIsNotRecorded() {
    for (String trace : new @Nullable String[] {null, "", "00-zz"}) {
      assertThatThrownBy(() -> traces.request("DELETE", session(trace), TracesTest::noResponse))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(kept.spans()).isEmpty();
  }

  @Test
  void aCommandWhoseReplyComesLaterEndsThen() {
    var began = TraceParent.of("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
    var pull = new PullStream(ID, new StreamName("studio"), NODE);
    var reply = new CompletableFuture<Reply>();
    var failure = new CompletableFuture<Reply>();
    began.run(() -> {
      var _ = traces.commandLater(NODE, pull, () -> reply);
      var _ = traces.commandLater(NODE, pull, () -> failure);
    });
    assertThat(kept.spans()).isEmpty();
    reply.complete(new Refused(ID, Refusal.STREAM_ABSENT, "a secret"));
    failure.completeExceptionally(new IllegalStateException("a secret"));

    assertThat(kept.names()).containsExactly("send PullStream", "send PullStream");
    assertThat(kept.spans())
        .allSatisfy(span -> assertThat(span.getParentSpanId()).isEqualTo(began.spanId()));
    assertThat(
            kept.spans().getFirst().getAttributes().get(AttributeKey.stringKey("wishbone.outcome")))
        .isEqualTo("stream_absent");
    assertThat(kept.spans().getLast().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(kept.spans().toString()).doesNotContain("secret");
  }

  @Test
  void aRefusalIsNoFault() {
    assertThatThrownBy(() ->
            traces.request(
                SessionRole.SUBSCRIBER,
                () -> {
                  throw ProblemException.conflict("nobody publishes");
                }))
        .isInstanceOf(ProblemException.class);
    SpanData request = kept.span("POST whep");
    assertThat(request.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(request.getAttributes().get(AttributeKey.longKey("http.response.status_code")))
        .isEqualTo(409);
  }

  @Test
  void whatIsOutsideOfARequestIsNotRecorded() {
    open();
    assertThat(kept.spans()).isEmpty();
    assertThat(told.get()).isNull();
  }

  @Test
  void nothingIsRecordedWhereNobodyWantsIt() {
    assertThatThrownBy(() ->
            Traces.none()
                .request(
                    SessionRole.PUBLISHER,
                    () -> {
                      assertThat(TraceParent.current()).isNull();
                      return noResponse();
                    }))
        .isInstanceOf(IllegalStateException.class);
  }
}
