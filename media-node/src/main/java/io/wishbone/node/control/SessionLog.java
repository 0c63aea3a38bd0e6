package io.wishbone.node.control;

import io.wishbone.control.SessionConnected;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionId;
import io.wishbone.control.StreamName;
import io.wishbone.control.TraceParent;
import org.jboss.logging.MDC;

/// What the log says of sessions, with labels as signalling has them: the stream, an alias of the
/// session, for its id is a capability, and the trace that it belongs to.
///
/// Programs that say so already, or whose log may keep a worker waiting, silence it.
final class SessionLog {
  private static final System.Logger LOGGER = System.getLogger(SessionLog.class.getName());
  private static final String SESSION = "session";
  private static final String STREAM = "stream";
  private static final String TRACE = "traceId";

  private SessionLog() {}

  static void tell(SessionConnected connected) {
    tell(
        connected.sessionId(),
        connected.stream(),
        "%s of stream %s is connected".formatted(connected.role(), connected.stream()));
  }

  static void tell(SessionEnded ended) {
    tell(
        ended.sessionId(),
        ended.stream(),
        "%s of stream %s ended: %s, the verdict is %s"
            .formatted(ended.role(), ended.stream(), ended.reason(), ended.verdict()));
  }

  private static void tell(SessionId session, StreamName stream, String line) {
    if (!LOGGER.isLoggable(System.Logger.Level.INFO)) {
      return;
    }
    MDC.put(SESSION, session.alias());
    MDC.put(STREAM, stream.value());
    TraceParent trace = TraceParent.current();
    if (trace != null) {
      MDC.put(TRACE, trace.traceId());
    }
    try {
      LOGGER.log(System.Logger.Level.INFO, line);
    } finally {
      MDC.remove(SESSION);
      MDC.remove(STREAM);
      MDC.remove(TRACE);
    }
  }
}
