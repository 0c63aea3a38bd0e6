package io.wishbone.node.worker;

import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.node.session.PublisherSession;
import io.wishbone.node.stream.Bursts;
import io.wishbone.node.stream.MediaStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stream and the sessions that belong to it, connected or not.
final class StreamRoom {
  private final MediaStream stream;
  private final List<WorkerSession> viewers = new ArrayList<>();
  private final ReportTimes reportTimes = new ReportTimes();
  private @Nullable WorkerSession publisher;

  StreamRoom(String name, Bursts bursts) {
    stream = new MediaStream(name, bursts);
  }

  MediaStream stream() {
    return stream;
  }

  @Nullable WorkerSession publisher() {
    return publisher;
  }

  /// What was agreed on with the publisher; nothing while there is none.
  List<NegotiatedTrack> negotiatedTracks() {
    return publisher != null && publisher.peer() instanceof PublisherSession source
        ? source.negotiated()
        : List.of();
  }

  /// When to say how the stream is doing.
  ReportTimes reportTimes() {
    return reportTimes;
  }

  /// How the stream is doing.
  StreamReport report(long nowNanos) {
    int watching = 0;
    for (WorkerSession viewer : viewers) {
      watching += viewer.isConnected() ? 1 : 0;
    }
    WorkerSession sender = publisher;
    if (sender == null || !sender.isConnected()) {
      return new StreamReport(stream.name(), false, watching, List.of());
    }
    List<StreamReport.Layer> layers =
        sender.peer() instanceof PublisherSession source
            ? source.layers(nowNanos).stream().map(StreamReport.Layer::of).toList()
            : List.of();
    return new StreamReport(stream.name(), true, watching, layers);
  }

  List<WorkerSession> viewers() {
    return List.copyOf(viewers);
  }

  /// How many viewers there are.
  int watching() {
    return viewers.size();
  }

  boolean isEmpty() {
    return publisher == null && viewers.isEmpty();
  }

  void enter(WorkerSession session) {
    switch (session.role()) {
      case PUBLISHER -> publisher = session;
      case SUBSCRIBER -> viewers.add(session);
    }
  }

  void leave(WorkerSession session) {
    viewers.remove(session);
    if (publisher == session) {
      publisher = null;
    }
  }

  /// When something is due for the stream, `Long.MAX_VALUE` for never.
  long nextTimeoutNanos(long graceNanos) {
    return Math.min(abandonedNanos(graceNanos), reportTimes.nextTimeoutNanos());
  }

  /// When the viewers have waited long enough for another publisher, `Long.MAX_VALUE` for never.
  long abandonedNanos(long graceNanos) {
    return publisher == null && !viewers.isEmpty()
        ? stream.detachedNanos() + graceNanos
        : Long.MAX_VALUE;
  }
}
