package io.wishbone.signaling.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.wishbone.control.Command;
import io.wishbone.control.NodeId;
import io.wishbone.control.Refused;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.control.TraceParent;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.store.SessionRecord;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// Records what is done for a session. Without a receiver that is configured it only does what it
/// is given.
@Singleton
public final class Traces {

  private static final ScopedValue<Span> REQUEST = ScopedValue.newInstance();

  private final @Nullable Tracer tracer;

  @Inject
  Traces(
      Instance<OpenTelemetry> telemetry,
      @ConfigProperty(name = "wishbone.trace.endpoint") Optional<String> endpoint) {
    this(
        endpoint.isPresent() && telemetry.isResolvable()
            ? telemetry.get().getTracer("io.wishbone.signaling")
            : null);
  }

  /// Where nothing is recorded.
  public static Traces none() {
    return new Traces(null);
  }

  Traces(@Nullable Tracer tracer) {
    this.tracer = tracer;
  }

  /// A client asks for a session: a trace begins.
  public Response request(SessionRole role, Supplier<Response> work) {
    if (tracer == null) {
      return work.get();
    }
    String protocol = protocol(role);
    Span span =
        tracer
            .spanBuilder("POST " + protocol)
            .setNoParent()
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("http.request.method", "POST")
            .setAttribute("http.route", "/" + protocol + "/endpoint/{stream}")
            .setAttribute("wishbone.role", role.name().toLowerCase(Locale.ROOT))
            .startSpan();
    return ScopedValue.where(REQUEST, span).call(() -> within(span, () -> answered(span, work)));
  }

  /// A client asks for something that has to do with a session that is there: this becomes part of
  /// the trace that the session began with.
  ///
  /// @param method of the request to the session URL
  public Response request(String method, SessionRecord session, Supplier<Response> work) {
    TraceParent began = TraceParent.parse(session.trace());
    if (tracer == null || began == null) {
      return work.get();
    }
    String protocol = protocol(session.role());
    Span span =
        child(tracer, method + " " + protocol, began)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute("http.request.method", method)
            .setAttribute("http.route", "/" + protocol + "/resource/{id}")
            .setAttribute("wishbone.role", session.role().name().toLowerCase(Locale.ROOT))
            .setAttribute("wishbone.session", session.id().alias())
            .setAttribute("wishbone.stream", session.stream().value())
            .startSpan();
    return within(span, () -> answered(span, work));
  }

  private static Response answered(Span span, Supplier<Response> work) {
    Response response = work.get();
    span.setAttribute("http.response.status_code", response.getStatus());
    return response;
  }

  private static String protocol(SessionRole role) {
    return role == SessionRole.PUBLISHER ? "whip" : "whep";
  }

  /// What the session that is being opened remembers of this; null where nothing is recorded.
  public @Nullable String current() {
    TraceParent trace = tracer == null ? null : TraceParent.current();
    return trace == null ? null : trace.value();
  }

  /// Says which session and stream the request is about.
  public void label(SessionId session, StreamName stream) {
    if (REQUEST.isBound()) {
      REQUEST.get().setAttribute("wishbone.session", session.alias());
      REQUEST.get().setAttribute("wishbone.stream", stream.value());
    }
  }

  /// A step on the way to a session.
  ///
  /// @param outcome what to say of the result
  public <T> T step(String name, Supplier<T> work, Function<T, String> outcome) {
    TraceParent parent = TraceParent.current();
    if (tracer == null || parent == null) {
      return work.get();
    }
    Span span = child(tracer, name, parent).startSpan();
    return within(
        span,
        () -> {
          T result = work.get();
          span.setAttribute("wishbone.outcome", outcome.apply(result));
          return result;
        });
  }

  /// A command to a media node, whose carrier takes the trace along. Outside of a trace it is not
  /// recorded.
  public Reply command(NodeId node, Command command, Supplier<Reply> work) {
    TraceParent parent = TraceParent.current();
    if (tracer == null || parent == null) {
      return work.get();
    }
    Span span = sending(tracer, node, command, parent);
    return within(
        span,
        () -> {
          Reply reply = work.get();
          span.setAttribute("wishbone.outcome", outcome(reply));
          return reply;
        });
  }

  /// The same, of a command whose reply comes later.
  public CompletionStage<Reply> commandLater(
      NodeId node, Command command, Supplier<CompletionStage<Reply>> work) {
    TraceParent parent = TraceParent.current();
    if (tracer == null || parent == null) {
      return work.get();
    }
    Span span = sending(tracer, node, command, parent);
    return bound(span, work)
        .whenComplete((reply, failure) -> {
          if (failure == null) {
            span.setAttribute("wishbone.outcome", outcome(reply));
          } else {
            fail(span, failure);
          }
          span.end();
        });
  }

  private static Span sending(Tracer tracer, NodeId node, Command command, TraceParent parent) {
    return child(tracer, "send " + command.getClass().getSimpleName(), parent)
        .setSpanKind(SpanKind.PRODUCER)
        .setAttribute("wishbone.node", node.value())
        .startSpan();
  }

  private static String outcome(Reply reply) {
    return reply instanceof Refused refused
        ? refused.reason().name().toLowerCase(Locale.ROOT)
        : "ok";
  }

  private static SpanBuilder child(Tracer tracer, String name, TraceParent parent) {
    var context =
        SpanContext.createFromRemoteParent(
            parent.traceId(),
            parent.spanId(),
            parent.isSampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
            TraceState.getDefault());
    return tracer.spanBuilder(name).setParent(Context.root().with(Span.wrap(context)));
  }

  /// Does the work as part of the span, and ends that. What fails says so by its kind: messages may
  /// hold what clients sent.
  private static <T> T within(Span span, Supplier<T> work) {
    try {
      return bound(span, work);
    } catch (ProblemException problem) {
      span.setAttribute("http.response.status_code", problem.status());
      if (problem.status() >= 500) {
        span.setStatus(StatusCode.ERROR);
      }
      throw problem;
    } catch (RuntimeException failure) {
      fail(span, failure);
      throw failure;
    } finally {
      span.end();
    }
  }

  private static <T> T bound(Span span, Supplier<T> work) {
    SpanContext context = span.getSpanContext();
    return context.isValid()
        ? TraceParent.of(context.getTraceId(), context.getSpanId(), context.isSampled()).call(work)
        : work.get();
  }

  private static void fail(Span span, Throwable failure) {
    span.setAttribute("error.type", failure.getClass().getSimpleName());
    span.setStatus(StatusCode.ERROR);
  }
}
