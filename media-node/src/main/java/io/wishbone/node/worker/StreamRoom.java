package io.wishbone.node.worker;

import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.node.session.PublisherSession;
import io.wishbone.node.stream.MediaStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stream and the sessions that belong to it, connected or not.
final class StreamRoom {
  private final MediaStream stream;
  private final List<WorkerSession> viewers = new ArrayList<>();
  private @Nullable WorkerSession publisher;

  StreamRoom(String name) {
    stream = new MediaStream(name);
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

  List<WorkerSession> viewers() {
    return List.copyOf(viewers);
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

  /// When the viewers have waited long enough for another publisher, `Long.MAX_VALUE` for never.
  long abandonedNanos(long graceNanos) {
    return publisher == null && !viewers.isEmpty()
        ? stream.detachedNanos() + graceNanos
        : Long.MAX_VALUE;
  }
}
