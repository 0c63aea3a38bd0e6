package io.wishbone.signaling.http;

import io.wishbone.control.SessionId;
import io.wishbone.control.StreamName;
import io.wishbone.control.TraceParent;
import org.jboss.logging.MDC;

/// What the log says of every line that is about a session: the stream, an alias of the session,
/// for its id is a capability, and the trace that it belongs to, if it is traced. They stay with
/// the request, or the thread, until they are cleared.
public final class LogLabels {

  private static final String SESSION = "session";
  private static final String STREAM = "stream";
  private static final String TRACE = "traceId";

  private LogLabels() {}

  public static void set(SessionId session, StreamName stream) {
    MDC.put(SESSION, session.alias());
    MDC.put(STREAM, stream.value());
    TraceParent trace = TraceParent.current();
    if (trace != null) {
      MDC.put(TRACE, trace.traceId());
    }
  }

  public static void clear() {
    MDC.remove(SESSION);
    MDC.remove(STREAM);
    MDC.remove(TRACE);
  }
}
