package io.wishbone.node.worker;

import io.wishbone.node.stream.Bursts;
import java.util.HashMap;
import java.util.Map;

/// The streams of a worker that have a session. Tells how each is doing, when it is time to.
final class Rooms {
  /// Trees are this deep at most, or not much deeper.
  private static final int MOST_HOPS = 4;

  private final Map<String, StreamRoom> rooms = new HashMap<>();
  private final Bursts bursts = new Bursts();
  private final WorkerListener listener;

  private final MediaWorker worker;

  Rooms(MediaWorker worker, WorkerListener listener) {
    this.worker = worker;
    this.listener = listener;
  }

  /// The room of a stream; a new one stays unknown until somebody enters.
  StreamRoom of(String stream) {
    StreamRoom room = rooms.get(stream);
    return room == null ? new StreamRoom(worker, stream, bursts) : room;
  }

  /// What the streams' sources have sent, and nobody was shown yet.
  Bursts bursts() {
    return bursts;
  }

  int size() {
    return rooms.size();
  }

  int publishers() {
    int publishers = 0;
    for (StreamRoom room : rooms.values()) {
      publishers += room.publisher() == null ? 0 : 1;
    }
    return publishers;
  }

  /// How many streams have come by 0, 1, 2, ... relays from the node of their publisher.
  int[] byHops() {
    int[] streams = new int[MOST_HOPS + 1];
    for (StreamRoom room : rooms.values()) {
      if (room.source() != null) {
        streams[Math.min(MOST_HOPS, room.path().size())]++;
      }
    }
    return streams;
  }

  void enter(WorkerSession session, long nowNanos) {
    StreamRoom room = session.room();
    rooms.put(room.stream().name(), room);
    room.enter(session);
    tell(room, nowNanos);
  }

  void leave(WorkerSession session, long nowNanos) {
    StreamRoom room = session.room();
    room.leave(session);
    if (room.isEmpty()) {
      rooms.remove(room.stream().name());
      listener.onStream(room.report(nowNanos));
    } else {
      tell(room, nowNanos);
    }
  }

  /// Says how the stream is doing, unless there is no news.
  void tell(StreamRoom room, long nowNanos) {
    StreamReport report = room.report(nowNanos);
    if (room.reportTimes().isDue(report, nowNanos)) {
      listener.onStream(report);
    }
  }

  /// Tells of the stream, if it is time to.
  void tellWhenDue(StreamRoom room, long nowNanos) {
    if (room.reportTimes().nextTimeoutNanos() <= nowNanos) {
      tell(room, nowNanos);
    }
  }
}
