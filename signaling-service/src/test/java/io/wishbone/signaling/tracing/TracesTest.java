package io.wishbone.signaling.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.wishbone.control.NodeId;
import io.wishbone.control.OpenSession;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionOpened;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.control.TraceParent;
import io.wishbone.signaling.http.ProblemException;
import jakarta.ws.rs.core.Response;
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
