package io.wishbone.control.kafka;

import io.wishbone.control.TraceParent;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// What records carry besides their message.
final class RecordHeaders {

  /// Ties a reply to its command: drawn by the pod, returned by the node.
  static final String CORRELATION = "correlation";

  /// The pod that waits for the reply; none waits when it is missing.
  static final String REPLY_TO = "reply-to";

  /// Milliseconds after the record's own time after which nobody waits any more.
  static final String LIFETIME = "lifetime-ms";

  /// W3C Trace Context, of commands and events that belong to a trace.
  static final String TRACE_PARENT = "traceparent";

  private RecordHeaders() {}

  /// Lets the trace that is bound here go along.
  static void putTrace(Headers headers) {
    TraceParent trace = TraceParent.current();
    if (trace != null) {
      put(headers, TRACE_PARENT, trace.value());
    }
  }

  /// Does something as part of the trace that has come along, if one has.
  static void inTrace(Headers headers, Runnable work) {
    TraceParent.run(TraceParent.parse(text(headers, TRACE_PARENT)), work);
  }

  static void put(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  static @Nullable String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  /// A number, or `otherwise` when there is none.
  static long number(Headers headers, String name, long otherwise) {
    String text = text(headers, name);
    try {
      return text == null ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException _) {
      return otherwise;
    }
  }
}
