package io.wishbone.node.worker;

import java.util.ArrayList;
import java.util.List;

/// Lets the sessions and rooms of a worker do what is due, and knows when that will be.
final class Wakeups {
  private static final long FAULT_PAUSE_NANOS = 1_000_000_000L;

  private final MediaWorker worker;
  private final WorkerConfiguration configuration;
  private final Rooms rooms;
  private final Timers timers = new Timers();
  private final List<Timers.Timer> due = new ArrayList<>();

  Wakeups(MediaWorker worker, WorkerConfiguration configuration, Rooms rooms) {
    this.worker = worker;
    this.configuration = configuration;
    this.rooms = rooms;
  }

  long nextNanos() {
    return timers.nextNanos();
  }

  void remove(WorkerSession session) {
    timers.remove(session.timer());
  }

  void handleTimeout(long nowNanos) {
    timers.takeDue(nowNanos, due);
    int woken = 0;
    try {
      for (; woken < due.size(); woken++) {
        due.get(woken).sleeper().wake(nowNanos);
      }
    } finally {
      lookAgain(woken, nowNanos);
    }
  }

  /// A fault of ours with one of those that are due keeps none of the others from its turn.
  private void lookAgain(int faulty, long nowNanos) {
    for (int i = faulty; i < due.size(); i++) {
      timers.wakeBy(due.get(i), i == faulty ? nowNanos + FAULT_PAUSE_NANOS : nowNanos);
    }
    due.clear();
  }

  /// It may be too early: what is due has moved away since.
  void wake(WorkerSession session, long nowNanos) {
    if (session.isEnded()) {
      return;
    }
    if (session.nextTimeoutNanos(configuration) <= nowNanos) {
      worker.guard(session, () -> session.handleTimeout(configuration, nowNanos), nowNanos);
    } else {
      touch(session);
    }
  }

  /// It may be too early: what is due has moved away since.
  void wake(StreamRoom room, long nowNanos) {
    if (room.abandonedNanos(configuration.publisherGraceNanos()) <= nowNanos) {
      for (WorkerSession viewer : room.viewers()) {
        worker.end(viewer, EndReason.PUBLISHER_GONE, "the publisher did not come back", nowNanos);
      }
    }
    if (!room.isEmpty()) {
      rooms.tellWhenDue(room, nowNanos);
    }
    touch(room);
  }

  /// Something happened to the session, which may have given it, or its publisher, something to do
  /// sooner.
  void touch(WorkerSession session) {
    if (!session.isEnded()) {
      timers.wakeBy(session.timer(), session.nextTimeoutNanos(configuration));
    }
    WorkerSession source = session.room().source();
    if (source != null && source != session) {
      timers.wakeBy(source.timer(), source.nextTimeoutNanos(configuration));
    }
    touch(session.room());
  }

  /// Something happened to the room.
  void touch(StreamRoom room) {
    if (room.isEmpty()) {
      timers.remove(room.timer());
    } else {
      timers.wakeBy(room.timer(), room.nextTimeoutNanos(configuration.publisherGraceNanos()));
    }
  }
}
