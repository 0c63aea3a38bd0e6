package io.wishbone.it.tracing;

import java.util.Map;

/// One span as it came.
///
/// @param service which program it is of
/// @param parent empty for the first of a trace
/// @param attributes those that are text or whole numbers
public record ReceivedSpan(
    String service,
    String traceId,
    String id,
    String parent,
    String name,
    long startNanos,
    long endNanos,
    Map<String, String> attributes) {}
