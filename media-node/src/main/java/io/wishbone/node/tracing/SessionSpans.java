package io.wishbone.node.tracing;

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
import io.wishbone.control.OpenSession;
import io.wishbone.control.Refused;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionId;
import io.wishbone.control.TraceParent;
import io.wishbone.node.doctor.Verdict;
import io.wishbone.node.worker.EndReason;
import io.wishbone.node.worker.Milestone;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The spans of the sessions that there are, one after the other:
///
/// ```
/// handle OpenSession | ice | dtls | first packet | first keyframe | first egress
/// session ------------------------------------------------------------------------> its end
/// ```
///
/// A span reaches from the milestone before it to its own. Safe for use by many threads.
final class SessionSpans {
  private final Tracer tracer;
  private final LongSupplier clock;

  /// What the loops' time has to be added to.
  private final long epochNanos;

  private final Map<SessionId, SessionTrace> sessions = new ConcurrentHashMap<>();

  private static final class SessionTrace {
    final Span command;
    final Context context;
    final OpenSession opened;
    final long beganNanos;
    volatile long milestoneNanos;

    SessionTrace(Span command, Context context, OpenSession opened, long beganNanos) {
      this.command = command;
      this.context = context;
      this.opened = opened;
      this.beganNanos = beganNanos;
      this.milestoneNanos = beganNanos;
    }
  }

  /// @param clock of the loops
  SessionSpans(Tracer tracer, LongSupplier clock) {
    this.tracer = tracer;
    this.clock = clock;
    Instant now = Instant.now();
    epochNanos = now.getEpochSecond() * 1_000_000_000L + now.getNano() - clock.getAsLong();
  }

  /// A session is to be opened. One that comes a second time goes on as it was.
  void begin(OpenSession command, TraceParent parent) {
    sessions.computeIfAbsent(
        command.sessionId(),
        _ -> {
          long now = clock.getAsLong();
          Span span =
              span("handle OpenSession", remote(parent), command, now)
                  .setSpanKind(SpanKind.CONSUMER)
                  .startSpan();
          return new SessionTrace(span, Context.root().with(span), command, now);
        });
  }

  void answered(SessionId id, Reply reply) {
    SessionTrace session = sessions.get(id);
    if (session == null) {
      return;
    }
    long now = clock.getAsLong();
    if (reply instanceof Refused refused) {
      session.command.setAttribute("wishbone.outcome", word(refused.reason()));
      sessions.remove(id);
    } else {
      session.command.setAttribute("wishbone.outcome", "ok");
    }
    session.command.end(epochNanos + now, TimeUnit.NANOSECONDS);
    if (session.milestoneNanos == session.beganNanos) {
      session.milestoneNanos = now;
    }
  }

  void reached(String sessionId, Milestone milestone, long nowNanos) {
    SessionTrace session = find(sessionId);
    if (session != null) {
      long from = Math.min(session.milestoneNanos, nowNanos);
      session.milestoneNanos = nowNanos;
      span(name(milestone), session.context, session.opened, from)
          .startSpan()
          .end(epochNanos + nowNanos, TimeUnit.NANOSECONDS);
    }
  }

  void ended(String sessionId, EndReason reason, Verdict verdict) {
    SessionTrace session = find(sessionId);
    if (session != null) {
      sessions.remove(session.opened.sessionId());
      Span span =
          span("session", session.context, session.opened, session.beganNanos)
              .setAttribute("wishbone.reason", word(reason))
              .setAttribute("wishbone.verdict", word(verdict))
              .startSpan();
      if (reason == EndReason.FAULT || reason == EndReason.DTLS_FAILED) {
        span.setStatus(StatusCode.ERROR);
      }
      span.end(epochNanos + clock.getAsLong(), TimeUnit.NANOSECONDS);
    }
  }

  /// Any other command than the one that opens a session.
  Span handling(Command command, TraceParent parent) {
    return command("handle ", command, parent).setSpanKind(SpanKind.CONSUMER).startSpan();
  }

  /// A command to another node.
  Span sending(NodeId node, Command command, TraceParent parent) {
    return command("send ", command, parent)
        .setSpanKind(SpanKind.PRODUCER)
        .setAttribute("wishbone.node", node.value())
        .startSpan();
  }

  private SpanBuilder command(String what, Command command, TraceParent parent) {
    return tracer
        .spanBuilder(what + command.getClass().getSimpleName())
        .setParent(remote(parent))
        .setStartTimestamp(epochNanos + clock.getAsLong(), TimeUnit.NANOSECONDS)
        .setAttribute("wishbone.session", command.sessionId().alias());
  }

  void end(Span span, Reply reply) {
    span.setAttribute(
        "wishbone.outcome", reply instanceof Refused refused ? word(refused.reason()) : "ok");
    end(span);
  }

  void end(Span span) {
    span.end(epochNanos + clock.getAsLong(), TimeUnit.NANOSECONDS);
  }

  /// Null when the session is not traced.
  @Nullable TraceParent traceOf(String sessionId) {
    SessionTrace session = find(sessionId);
    return session == null ? null : parent(session.command);
  }

  /// What makes others children of the span; null where it is not recorded.
  static @Nullable TraceParent parent(Span span) {
    SpanContext context = span.getSpanContext();
    return context.isValid()
        ? TraceParent.of(context.getTraceId(), context.getSpanId(), context.isSampled())
        : null;
  }

  private @Nullable SessionTrace find(String sessionId) {
    return SessionId.isValid(sessionId) ? sessions.get(new SessionId(sessionId)) : null;
  }

  private static Context remote(TraceParent parent) {
    SpanContext context =
        SpanContext.createFromRemoteParent(
            parent.traceId(),
            parent.spanId(),
            parent.isSampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
            TraceState.getDefault());
    return Context.root().with(Span.wrap(context));
  }

  private SpanBuilder span(String name, Context parent, OpenSession of, long fromNanos) {
    return tracer
        .spanBuilder(name)
        .setParent(parent)
        .setStartTimestamp(epochNanos + fromNanos, TimeUnit.NANOSECONDS)
        .setAttribute("wishbone.session", of.sessionId().alias())
        .setAttribute("wishbone.stream", of.stream().value())
        .setAttribute("wishbone.role", word(of.role()));
  }

  private static String name(Milestone milestone) {
    return switch (milestone) {
      case CHECKED -> "ice";
      case CONNECTED -> "dtls";
      case FIRST_PACKET -> "first packet";
      case FIRST_KEYFRAME -> "first keyframe";
      case FIRST_EGRESS -> "first egress";
    };
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
