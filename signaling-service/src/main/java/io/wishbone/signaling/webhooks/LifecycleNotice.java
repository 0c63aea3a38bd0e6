package io.wishbone.signaling.webhooks;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.StreamName;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A lifecycle event as it is told to programs of others, by whatever way: what a webhook is told,
/// one by one.
///
/// @param at when signalling heard of it
/// @param json a JSON object
public record LifecycleNotice(StreamName stream, Instant at, String json) {

  /// What a report of a media node says; most of them say nothing of the kind.
  public static List<LifecycleNotice> of(NodeEvent report, Instant now) {
    return LifecycleEvent.of(report, now).stream()
        .map(event -> new LifecycleNotice(event.stream(), now, event.json().encode()))
        .toList();
  }

  /// What was told before, read again.
  ///
  /// @param bytes [#json] in UTF-8, if it is not what somebody else has written; null for a record
  ///   without a value
  /// @throws IllegalArgumentException when it is no lifecycle event
  public static LifecycleNotice parse(byte @Nullable [] bytes) {
    if (bytes == null) {
      throw new IllegalArgumentException("nothing is no lifecycle event");
    }
    String json = new String(bytes, StandardCharsets.UTF_8);
    try {
      JsonObject event = new JsonObject(json);
      Instant at = event.getInstant("at");
      String stream = event.getString("stream");
      if (at == null || stream == null) {
        throw new IllegalArgumentException("no lifecycle event");
      }
      return new LifecycleNotice(new StreamName(stream), at, json);
    } catch (DateTimeException | DecodeException | ClassCastException e) {
      throw new IllegalArgumentException("no lifecycle event", e);
    }
  }

  /// The same however often it is told.
  String id() {
    return new JsonObject(json).getString("id");
  }
}
