package io.wishbone.store;

import java.util.List;

/// One stream of server-sent events that a player has asked for.
///
/// @param id the last segment of its URL, drawn from a CSPRNG like a session id
/// @param events the names of the events that it is for
public record EventStreamRecord(String id, List<String> events) {
  public EventStreamRecord {
    events = List.copyOf(events);
  }
}
