package io.wishbone.store;

import io.wishbone.control.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.infinispan.commons.api.BasicCache;
import org.jspecify.annotations.Nullable;

/// The streams of server-sent events of each session. What was sent is not stored. They are
/// forgotten when nobody has renewed them for long.
public final class EventStreamStore {

  /// Event streams of a session at a time. A page needs one.
  public static final int MAX_STREAMS = 4;

  private final BasicCache<String, EventStreamsRecord> cache;
  private final Duration lifespan;

  public EventStreamStore(BasicCache<String, EventStreamsRecord> cache) {
    this(cache, SessionStore.OPEN_LIFESPAN);
  }

  public EventStreamStore(BasicCache<String, EventStreamsRecord> cache, Duration lifespan) {
    this.cache = cache;
    this.lifespan = lifespan;
  }

  /// Adds an event stream to a session. When the session has as many as it may, the oldest that
  /// nobody reads makes room.
  ///
  /// @param isRead whether somebody reads an event stream
  /// @return false when all are being read
  public boolean add(
      SessionId session, EventStreamRecord added, Predicate<EventStreamRecord> isRead) {
    while (true) {
      EventStreamsRecord present = cache.get(session.value());
      if (present == null) {
        if (put(session, new EventStreamsRecord(List.of(added)))) {
          return true;
        }
      } else {
        List<EventStreamRecord> next = new ArrayList<>(present.streams());
        if (next.size() >= MAX_STREAMS && !removeFirstUnread(next, isRead)) {
          return false;
        }
        next.add(added);
        if (replace(session, present, new EventStreamsRecord(next))) {
          return true;
        }
      }
    }
  }

  private static boolean removeFirstUnread(
      List<EventStreamRecord> streams, Predicate<EventStreamRecord> isRead) {
    for (EventStreamRecord each : streams) {
      if (!isRead.test(each)) {
        return streams.remove(each);
      }
    }
    return false;
  }

  public @Nullable EventStreamRecord find(SessionId session, String id) {
    for (EventStreamRecord each : all(session)) {
      if (each.id().equals(id)) {
        return each;
      }
    }
    return null;
  }

  /// Removes an event stream. False: there is no such one.
  public boolean remove(SessionId session, String id) {
    while (true) {
      EventStreamsRecord present = cache.get(session.value());
      if (present == null) {
        return false;
      }
      List<EventStreamRecord> next =
          present.streams().stream().filter(each -> !each.id().equals(id)).toList();
      if (next.size() == present.streams().size()) {
        return false;
      }
      if (next.isEmpty()
          ? CompareAndSet.remove(cache, session.value(), present)
          : replace(session, present, new EventStreamsRecord(next))) {
        return true;
      }
    }
  }

  /// Notes that somebody listens to an event stream of the session.
  public void renew(SessionId session) {
    EventStreamsRecord present = cache.get(session.value());
    if (present != null) {
      // Whoever changes it at the same time renews it as well.
      var _ = replace(session, present, present);
    }
  }

  /// Forgets all event streams of a session, because it has ended.
  public void removeAll(SessionId session) {
    cache.remove(session.value());
  }

  private List<EventStreamRecord> all(SessionId session) {
    EventStreamsRecord present = cache.get(session.value());
    return present == null ? List.of() : present.streams();
  }

  private boolean put(SessionId session, EventStreamsRecord first) {
    return CompareAndSet.putIfAbsent(cache, session.value(), first, lifespan);
  }

  private boolean replace(SessionId session, EventStreamsRecord present, EventStreamsRecord next) {
    return CompareAndSet.replace(cache, session.value(), present, next, lifespan);
  }
}
