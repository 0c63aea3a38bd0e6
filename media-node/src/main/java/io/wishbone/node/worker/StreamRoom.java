package io.wishbone.node.worker;

import io.wishbone.node.negotiation.NegotiatedTrack;
import io.wishbone.node.session.PublisherSession;
import io.wishbone.node.stream.Bursts;
import io.wishbone.node.stream.MediaStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stream and the sessions that belong to it, connected or not.
final class StreamRoom implements Timers.Sleeper {
  private final MediaStream stream;
  private final List<WorkerSession> viewers = new ArrayList<>();
  private final ReportTimes reportTimes = new ReportTimes();
  private final Timers.Timer timer = new Timers.Timer(this);
  private final MediaWorker worker;
  private final List<WorkerSession> downstreams = new ArrayList<>();
  private @Nullable WorkerSession publisher;
  private @Nullable WorkerSession upstream;
  private List<String> path = List.of();
  private boolean home = true;

  StreamRoom(MediaWorker worker, String name, Bursts bursts) {
    this.worker = worker;
    stream = new MediaStream(name, bursts);
  }

  MediaStream stream() {
    return stream;
  }

  @Nullable WorkerSession publisher() {
    return publisher;
  }

  /// Whom the stream comes from: its publisher, or a relay; null while there is neither.
  @Nullable WorkerSession source() {
    return publisher == null ? upstream : publisher;
  }

  /// Whether the stream can be sent on to another worker: not before its publisher is connected.
  boolean isRelayable() {
    return publisher == null ? upstream != null : publisher.isConnected();
  }

  /// The nodes that the stream comes through, its origin first, this one not among them; empty when
  /// it comes, or last came, from a publisher here.
  List<String> path() {
    return path;
  }

  /// The stream comes this way from now on.
  ///
  /// @param fromOutside whether it comes from outside of this node
  void path(List<String> next, boolean fromOutside) {
    path = List.copyOf(next);
    home = fromOutside;
  }

  /// What was agreed on with the source; nothing while there is none.
  List<NegotiatedTrack> negotiatedTracks() {
    WorkerSession sender = source();
    return sender != null && sender.peer() instanceof PublisherSession source
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
    WorkerSession sender = source();
    String parent = path.isEmpty() ? null : path.getLast();
    if (sender == null || !sender.isConnected()) {
      return new StreamReport(stream.name(), false, watching, List.of(), parent, home);
    }
    List<StreamReport.Layer> layers =
        sender.peer() instanceof PublisherSession source
            ? source.layers(nowNanos).stream().map(StreamReport.Layer::of).toList()
            : List.of();
    return new StreamReport(stream.name(), true, watching, layers, parent, home);
  }

  List<WorkerSession> viewers() {
    return List.copyOf(viewers);
  }

  /// The relays that the stream is sent to.
  List<WorkerSession> downstreams() {
    return List.copyOf(downstreams);
  }

  /// Whether somebody gets the stream here, or will once there is one.
  boolean isUsed() {
    return !viewers.isEmpty() || !downstreams.isEmpty();
  }

  /// How many viewers there are.
  int watching() {
    return viewers.size();
  }

  boolean isEmpty() {
    return source() == null && !isUsed();
  }

  void enter(WorkerSession session) {
    switch (session.role()) {
      case PUBLISHER -> {
        publisher = session;
        path = List.of();
        home = true;
      }
      case SUBSCRIBER -> viewers.add(session);
      case UPSTREAM -> upstream = session;
      case DOWNSTREAM -> downstreams.add(session);
    }
  }

  void leave(WorkerSession session) {
    viewers.remove(session);
    downstreams.remove(session);
    if (upstream == session) {
      upstream = null;
    }
    if (publisher == session) {
      publisher = null;
    }
  }

  Timers.Timer timer() {
    return timer;
  }

  @Override
  public void wake(long nowNanos) {
    worker.wake(this, nowNanos);
  }

  /// When something is due for the stream, `Long.MAX_VALUE` for never.
  long nextTimeoutNanos(long graceNanos) {
    return Math.min(abandonedNanos(graceNanos), reportTimes.nextTimeoutNanos());
  }

  /// When the viewers have waited long enough for another publisher, `Long.MAX_VALUE` for never.
  long abandonedNanos(long graceNanos) {
    return source() == null && !viewers.isEmpty()
        ? stream.detachedNanos() + graceNanos
        : Long.MAX_VALUE;
  }
}
