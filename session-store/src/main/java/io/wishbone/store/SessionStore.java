package io.wishbone.store;

import io.wishbone.control.SessionId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.infinispan.commons.api.BasicCache;
import org.jspecify.annotations.Nullable;

/// The sessions. A session that is being opened is forgotten by itself when nobody brings it to an
/// end; an open one stays until it is ended, or until nobody has renewed it for long, because its
/// node died or its end was never heard of; an ended one stays as a tombstone for a while.
public final class SessionStore {

  /// Longer than any exchange with a node takes, and as long as a client may take for its answer.
  public static final Duration OPENING_LIFESPAN = Duration.ofSeconds(30);

  /// Nodes name their sessions every half minute: a live session survives the loss of many reports.
  public static final Duration OPEN_LIFESPAN = Duration.ofMinutes(10);

  /// Of the tombstone of a session whose node has said that it is over.
  public static final Duration TOMBSTONE_LIFESPAN = Duration.ofSeconds(60);

  /// Of the tombstone of a session whose node has not said so: it was lost, or could not be told. A
  /// node that was only cut off goes on with the session, and is told to end it when it is back and
  /// names it.
  public static final Duration LOST_LIFESPAN = Duration.ofDays(1);

  /// No session stays for longer without being renewed.
  public static final Duration LONGEST_LIFESPAN = LOST_LIFESPAN;

  private final BasicCache<String, SessionRecord> cache;
  private final Duration openingLifespan;
  private final Duration openLifespan;
  private final Duration tombstoneLifespan;

  public SessionStore(BasicCache<String, SessionRecord> cache) {
    this(cache, OPENING_LIFESPAN, OPEN_LIFESPAN, TOMBSTONE_LIFESPAN);
  }

  public SessionStore(
      BasicCache<String, SessionRecord> cache,
      Duration openingLifespan,
      Duration openLifespan,
      Duration tombstoneLifespan) {
    this.cache = cache;
    this.openingLifespan = openingLifespan;
    this.openLifespan = openLifespan;
    this.tombstoneLifespan = tombstoneLifespan;
  }

  /// Adds a session. Its id was drawn at random, so there is none with the same one.
  public void add(SessionRecord session) {
    cache.put(session.id().value(), session, lifespan(session).toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Adds a session that was lost, unless it is there after all.
  ///
  /// @return false when it is
  public boolean restore(SessionRecord session) {
    return cache.putIfAbsent(
            session.id().value(), session, lifespan(session).toMillis(), TimeUnit.MILLISECONDS)
        == null;
  }

  public @Nullable SessionRecord find(SessionId id) {
    return cache.get(id.value());
  }

  /// Puts `next` in the place of `current`, unless the session has changed in between.
  public boolean replace(SessionRecord current, SessionRecord next) {
    return CompareAndSet.replace(cache, current.id().value(), current, next, lifespan(next));
  }

  /// Notes that the session is alive, if it is open.
  ///
  /// @return the session, or null when it is not open
  public @Nullable SessionRecord renew(SessionId id) {
    SessionRecord current = find(id);
    if (current == null || current.state() != SessionState.OPEN) {
      return null;
    }
    // Whoever changes it at the same time renews it as well, or ends it.
    var _ = replace(current, current);
    return current;
  }

  /// Makes the session a tombstone, which its node knows of, or is about to: if it does not after
  /// all, this is followed by [#endLost].
  ///
  /// @return the session as it was before, or null when it is unknown or had ended already: of
  ///   several who end it at the same time, one is told. Nobody is when a server died with the
  ///   answer on the way; then the session is closed when its node names it next
  public @Nullable SessionRecord end(SessionId id) {
    while (true) {
      SessionRecord current = find(id);
      if (current == null || current.state() == SessionState.ENDED) {
        return null;
      }
      if (end(current, tombstoneLifespan)) {
        return current;
      }
    }
  }

  /// The same for a session that was just found.
  public @Nullable SessionRecord end(SessionRecord found) {
    if (found.state() != SessionState.ENDED && end(found, tombstoneLifespan)) {
      return found;
    }
    return end(found.id());
  }

  /// The same for a session whose node cannot be told, or has not confirmed it. One that has ended
  /// already stays a tombstone for as long.
  public @Nullable SessionRecord endLost(SessionId id) {
    while (true) {
      SessionRecord current = find(id);
      if (current == null) {
        return null;
      }
      if (end(current, LOST_LIFESPAN)) {
        return current.state() == SessionState.ENDED ? null : current;
      }
    }
  }

  private boolean end(SessionRecord current, Duration lifespan) {
    return cache.replace(
        current.id().value(),
        current,
        current.withState(SessionState.ENDED),
        lifespan.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /// Forgets a session that was never opened.
  public void remove(SessionId id) {
    cache.remove(id.value());
  }

  /// Every session that is known, tombstones included. Slow: for people, not for requests.
  public List<SessionRecord> all() {
    return List.copyOf(cache.values());
  }

  private Duration lifespan(SessionRecord session) {
    return switch (session.state()) {
      case OPENING, PENDING -> openingLifespan;
      case OPEN, UNKNOWN -> openLifespan;
      case ENDED -> tombstoneLifespan;
    };
  }
}
