package io.wishbone.store;

import java.util.List;

/// The streams of server-sent events of one session, oldest first.
public record EventStreamsRecord(List<EventStreamRecord> streams) {
  public EventStreamsRecord {
    streams = List.copyOf(streams);
  }
}
