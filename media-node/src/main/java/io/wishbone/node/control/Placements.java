package io.wishbone.node.control;

import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.control.TraceParent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/// Which worker each session is on. The first session of a stream goes to the worker with the
/// fewest sessions: there the stream is at home from then on. All others follow it, but for viewers
/// beyond a number: those go to other workers, which have the stream from its home. Safe for use by
/// many threads.
final class Placements {

  /// Where a session is.
  ///
  /// @param role null for a relay
  /// @param trace of the session for whose sake a relay came about, null for others
  record Placement(
      StreamName stream, @Nullable SessionRole role, int worker, @Nullable TraceParent trace) {}

  /// Where the sessions of one stream are.
  private static final class StreamPlaces {
    final int home;
    final int[] viewers;
    int sessions;

    StreamPlaces(int home, int workers) {
      this.home = home;
      this.viewers = new int[workers];
    }
  }

  private final Map<SessionId, Placement> sessions = new HashMap<>();
  private final Map<StreamName, StreamPlaces> streams = new HashMap<>();
  private final int[] sessionsOfWorker;
  private final int viewersPerWorker;
  private int publishers;
  private int subscribers;

  /// Streams stay on one worker, however many viewers they have.
  Placements(int workers) {
    this(workers, 0);
  }

  /// @param viewersPerWorker how many viewers of one stream are placed on a worker before others
  ///   get some, 0 for any number
  Placements(int workers, int viewersPerWorker) {
    sessionsOfWorker = new int[workers];
    this.viewersPerWorker = viewersPerWorker;
  }

  /// Places a session; one that is known already stays where it is.
  synchronized Placement enter(SessionId id, StreamName stream, SessionRole role) {
    Placement known = sessions.get(id);
    if (known != null) {
      return known;
    }
    StreamPlaces places = places(stream);
    int worker =
        switch (role) {
          case PUBLISHER -> places.home;
          case SUBSCRIBER -> viewersWorker(places);
        };
    publishers += role == SessionRole.PUBLISHER ? 1 : 0;
    subscribers += role == SessionRole.SUBSCRIBER ? 1 : 0;
    places.viewers[worker] += role == SessionRole.SUBSCRIBER ? 1 : 0;
    return enter(id, new Placement(stream, role, worker, null), places);
  }

  /// Places a relay, from or to this node, or within it: the stream's home is a home for as long.
  /// It belongs to the trace that is bound on this thread.
  ///
  /// @return the worker that the stream is at home on
  synchronized int enterRelay(SessionId id, StreamName stream) {
    Placement known = sessions.get(id);
    if (known != null) {
      return known.worker();
    }
    StreamPlaces places = places(stream);
    Placement relay = new Placement(stream, null, places.home, TraceParent.current());
    return enter(id, relay, places).worker();
  }

  private Placement enter(SessionId id, Placement placement, StreamPlaces places) {
    sessions.put(id, placement);
    places.sessions++;
    sessionsOfWorker[placement.worker()]++;
    return placement;
  }

  private StreamPlaces places(StreamName stream) {
    return streams.computeIfAbsent(
        stream, _ -> new StreamPlaces(leastLoaded(), sessionsOfWorker.length));
  }

  /// The home of a stream that has a session.
  synchronized int home(StreamName stream) {
    return places(stream).home;
  }

  /// Home as long as there is room, then where the stream is already, then where it is not.
  private int viewersWorker(StreamPlaces places) {
    if (viewersPerWorker == 0 || places.viewers[places.home] < viewersPerWorker) {
      return places.home;
    }
    int fewest = places.home;
    int idle = -1;
    for (int i = 0; i < places.viewers.length; i++) {
      int viewers = places.viewers[i];
      if (viewers == 0 && i != places.home) {
        idle = idle < 0 || sessionsOfWorker[i] < sessionsOfWorker[idle] ? i : idle;
      } else if (viewers < viewersPerWorker) {
        return i;
      } else if (viewers < places.viewers[fewest]) {
        fewest = i;
      }
    }
    return idle < 0 ? fewest : idle;
  }

  /// How many viewers a stream has when not all of them are at its home, else 0: the home counts
  /// its own better, since some that are placed never come.
  synchronized int spreadViewers(StreamName stream) {
    StreamPlaces places = streams.get(stream);
    if (places == null) {
      return 0;
    }
    int all = Arrays.stream(places.viewers).sum();
    return all == places.viewers[places.home] ? 0 : all;
  }

  synchronized @Nullable Placement find(SessionId id) {
    return sessions.get(id);
  }

  /// What a relay belongs to, null where that is nothing.
  @Nullable TraceParent trace(SessionId relay) {
    Placement found = find(relay);
    return found == null ? null : found.trace();
  }

  /// Forgets a session. Doing so twice does no harm.
  synchronized void leave(SessionId id) {
    Placement gone = sessions.remove(id);
    if (gone == null) {
      return;
    }
    sessionsOfWorker[gone.worker()]--;
    publishers -= gone.role() == SessionRole.PUBLISHER ? 1 : 0;
    StreamPlaces places = places(gone.stream());
    if (gone.role() == SessionRole.SUBSCRIBER) {
      subscribers--;
      places.viewers[gone.worker()]--;
    }
    places.sessions--;
    if (places.sessions == 0) {
      streams.remove(gone.stream());
    }
  }

  synchronized int publishers() {
    return publishers;
  }

  synchronized int subscribers() {
    return subscribers;
  }

  /// Whether there are neither sessions nor relays.
  synchronized boolean isEmpty() {
    return sessions.isEmpty();
  }

  /// All sessions but relays.
  synchronized List<SessionId> sessions() {
    return sessions.entrySet().stream()
        .filter(entry -> entry.getValue().role() != null)
        .map(Entry::getKey)
        .toList();
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
