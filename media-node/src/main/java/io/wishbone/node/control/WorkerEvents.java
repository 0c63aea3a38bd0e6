package io.wishbone.node.control;

import io.wishbone.control.CloseReason;
import io.wishbone.control.EventPublisher;
import io.wishbone.control.SessionConnected;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionOutgrown;
import io.wishbone.control.StreamName;
import io.wishbone.node.doctor.Verdict;
import io.wishbone.node.worker.EndReason;
import io.wishbone.node.worker.MediaWorker;
import io.wishbone.node.worker.SessionRole;
import io.wishbone.node.worker.StreamReport;
import io.wishbone.node.worker.WorkerListener;

/// Publishes what happens to the sessions of one worker. On the worker's thread.
public final class WorkerEvents implements WorkerListener {
  private final EventPublisher publisher;
  private final int worker;
  private final NodeStreams streams;
  private final Placements placements;
  private final ClosedSessions closed;
  private CloseReason commanded = CloseReason.OPERATOR;

  WorkerEvents(
      int worker,
      EventPublisher publisher,
      NodeStreams streams,
      Placements placements,
      ClosedSessions closed) {
    this.closed = closed;
    this.worker = worker;
    this.publisher = publisher;
    this.streams = streams;
    this.placements = placements;
  }

  /// Closes a session for a reason that the worker does not know.
  void close(MediaWorker worker, String sessionId, CloseReason reason, long nowNanos) {
    commanded = reason;
    worker.close(sessionId, reason.name(), nowNanos);
  }

  /// Closes all sessions because the node stops.
  void closeAll(MediaWorker worker, long nowNanos) {
    commanded = CloseReason.NODE_STOPPING;
    worker.closeAll("the node stops", nowNanos);
  }

  @Override
  public void onConnected(String sessionId, String stream, SessionRole role) {
    if (!role.isRelay()) {
      var connected =
          new SessionConnected(new SessionId(sessionId), new StreamName(stream), translate(role));
      SessionLog.tell(connected);
      publisher.publish(connected);
    }
  }

  @Override
  public void onEnded(
      String sessionId,
      String stream,
      SessionRole role,
      EndReason reason,
      String detail,
      Verdict verdict) {
    var id = new SessionId(sessionId);
    closed.add(id);
    placements.leave(id);
    if (!role.isRelay()) {
      var ended =
          new SessionEnded(
              id,
              new StreamName(stream),
              translate(role),
              translate(reason),
              detail,
              Examinations.translate(verdict));
      SessionLog.tell(ended);
      publisher.publish(ended);
    }
  }

  @Override
  public void onOutgrown(String sessionId, String stream) {
    publisher.publish(new SessionOutgrown(new SessionId(sessionId), new StreamName(stream)));
  }

  @Override
  public void onPullEnded(String pullId) {
    placements.leave(new SessionId(pullId));
  }

  @Override
  public void onStream(StreamReport report) {
    streams.report(worker, report);
  }

  private CloseReason translate(EndReason reason) {
    return switch (reason) {
      case CLOSED -> commanded;
      case REPLACED -> CloseReason.REPLACED;
      case CLOSED_BY_PEER -> CloseReason.CLIENT_CLOSED;
      case SILENT -> CloseReason.SILENT;
      case NEVER_CONNECTED -> CloseReason.NEVER_CONNECTED;
      case DTLS_FAILED -> CloseReason.DTLS_FAILED;
      case LIFETIME_OVER -> CloseReason.LIFETIME_OVER;
      case PUBLISHER_GONE -> CloseReason.PUBLISHER_GONE;
      case CODECS_CHANGED -> CloseReason.CODECS_CHANGED;
      case FAULT -> CloseReason.INTERNAL;
    };
  }

  static io.wishbone.control.SessionRole translate(SessionRole role) {
    return switch (role) {
      case PUBLISHER -> io.wishbone.control.SessionRole.PUBLISHER;
      case SUBSCRIBER -> io.wishbone.control.SessionRole.SUBSCRIBER;
      case UPSTREAM, DOWNSTREAM ->
          throw new IllegalArgumentException("signalling knows no role for relays");
    };
  }
}
