package io.wishbone.it.tracing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads an `ExportTraceServiceRequest` of opentelemetry-proto, version 1.
final class TraceRequest {

  private TraceRequest() {}

  static List<ReceivedSpan> read(byte[] body) {
    List<ReceivedSpan> spans = new ArrayList<>();
    var request = new ProtobufReader(ByteBuffer.wrap(body));
    for (int field = request.next(); field != 0; field = request.next()) {
      if (field == 1) {
        resourceSpans(request.message(), spans);
      } else {
        request.skip();
      }
    }
    return spans;
  }

  private static void resourceSpans(ProtobufReader message, List<ReceivedSpan> spans) {
    String service = "";
    for (int field = message.next(); field != 0; field = message.next()) {
      switch (field) {
        case 1 -> service = service(message.message());
        case 2 -> scopeSpans(message.message(), service, spans);
        default -> message.skip();
      }
    }
  }

  private static String service(ProtobufReader resource) {
    Map<String, String> attributes = new HashMap<>();
    for (int field = resource.next(); field != 0; field = resource.next()) {
      if (field == 1) {
        attribute(resource.message(), attributes);
      } else {
        resource.skip();
      }
    }
    return attributes.getOrDefault("service.name", "");
  }

  private static void scopeSpans(ProtobufReader scope, String service, List<ReceivedSpan> spans) {
    for (int field = scope.next(); field != 0; field = scope.next()) {
      if (field == 2) {
        spans.add(span(scope.message(), service));
      } else {
        scope.skip();
      }
    }
  }

  private static ReceivedSpan span(ProtobufReader span, String service) {
    String traceId = "";
    String id = "";
    String parent = "";
    String name = "";
    long start = 0;
    long end = 0;
    Map<String, String> attributes = new HashMap<>();
    for (int field = span.next(); field != 0; field = span.next()) {
      switch (field) {
        case 1 -> traceId = span.hex();
        case 2 -> id = span.hex();
        case 4 -> parent = span.hex();
        case 5 -> name = span.text();
        case 7 -> start = span.fixed64();
        case 8 -> end = span.fixed64();
        case 9 -> attribute(span.message(), attributes);
        default -> span.skip();
      }
    }
    return new ReceivedSpan(service, traceId, id, parent, name, start, end, attributes);
  }

  private static void attribute(ProtobufReader pair, Map<String, String> into) {
    String key = "";
    String value = null;
    for (int field = pair.next(); field != 0; field = pair.next()) {
      switch (field) {
        case 1 -> key = pair.text();
        case 2 -> value = value(pair.message());
        default -> pair.skip();
      }
    }
    if (value != null) {
      into.put(key, value);
    }
  }

  private static String value(ProtobufReader any) {
    String value = null;
    for (int field = any.next(); field != 0; field = any.next()) {
      switch (field) {
        case 1 -> value = any.text();
        case 3 -> value = Long.toString(any.varint());
        default -> any.skip();
      }
    }
    return value;
  }
}
