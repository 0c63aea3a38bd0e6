package io.wishbone.signaling.webhooks;

import io.wishbone.control.NodeEvent;
import io.wishbone.control.StreamName;
import java.time.Instant;
import java.util.List;

/// A lifecycle event as it is told to programs of others, by whatever way: what a webhook is told,
/// one by one.
///
/// @param json a JSON object
public record LifecycleNotice(StreamName stream, String json) {

  /// What a report of a media node says; most of them say nothing of the kind.
  public static List<LifecycleNotice> of(NodeEvent report, Instant now) {
    return LifecycleEvent.of(report, now).stream()
        .map(event -> new LifecycleNotice(event.stream(), event.json().encode()))
        .toList();
  }
}
