package io.wishbone.node.control;

import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which worker each session is on. The first session of a stream goes to the worker with the
/// fewest sessions, all others of the stream follow it. Safe for use by many threads.
final class Placements {

  /// Where a session is.
  record Placement(StreamName stream, SessionRole role, int worker) {}

  private final Map<SessionId, Placement> sessions = new HashMap<>();
  private final Map<StreamName, Integer> sessionsOfStream = new HashMap<>();
  private final Map<StreamName, Integer> workerOfStream = new HashMap<>();
  private final int[] sessionsOfWorker;
  private int publishers;

  Placements(int workers) {
    sessionsOfWorker = new int[workers];
  }

  /// Places a session; one that is known already stays where it is.
  synchronized Placement enter(SessionId id, StreamName stream, SessionRole role) {
    Placement known = sessions.get(id);
    if (known != null) {
      return known;
    }
    int worker = workerOfStream.computeIfAbsent(stream, _ -> leastLoaded());
    var placement = new Placement(stream, role, worker);
    sessions.put(id, placement);
    sessionsOfStream.merge(stream, 1, Integer::sum);
    sessionsOfWorker[worker]++;
    publishers += role == SessionRole.PUBLISHER ? 1 : 0;
    return placement;
  }

  synchronized @Nullable Placement find(SessionId id) {
    return sessions.get(id);
  }

  /// Forgets a session. Doing so twice does no harm.
  synchronized void leave(SessionId id) {
    Placement gone = sessions.remove(id);
    if (gone == null) {
      return;
    }
    sessionsOfWorker[gone.worker()]--;
    publishers -= gone.role() == SessionRole.PUBLISHER ? 1 : 0;
    if (sessionsOfStream.merge(gone.stream(), -1, Integer::sum) == 0) {
      sessionsOfStream.remove(gone.stream());
      workerOfStream.remove(gone.stream());
    }
  }

  synchronized int publishers() {
    return publishers;
  }

  synchronized int subscribers() {
    return sessions.size() - publishers;
  }

  synchronized List<SessionId> sessions() {
    return List.copyOf(sessions.keySet());
  }

  private int leastLoaded() {
    int least = 0;
    for (int i = 1; i < sessionsOfWorker.length; i++) {
      if (sessionsOfWorker[i] < sessionsOfWorker[least]) {
        least = i;
      }
    }
    return least;
  }
}
