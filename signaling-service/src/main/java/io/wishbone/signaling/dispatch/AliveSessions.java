package io.wishbone.signaling.dispatch;

import io.wishbone.control.CloseReason;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.SessionsAlive;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamRecord;
import io.wishbone.store.StreamStore;
import io.wishbone.store.UnreadableEntryException;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Keeps sessions that their node still names from being forgotten. All others are forgotten in
/// time: those of a node that died, and those whose end was never heard of.
///
/// A session that has ended here and goes on at its node, because the command to close it got lost,
/// is closed again. One that is unknown is left alone: a store that has lost its records must not
/// end live sessions. A publisher whose stream has another one that is open is closed as well: a
/// takeover that was not brought to its end, or a store that was split for a while, has left two.
@Singleton
final class AliveSessions {

  private static final Logger LOG = Logger.getLogger(AliveSessions.class);

  /// Sessions of one report that are renewed at the same time.
  private static final int CONCURRENCY = 32;

  private final SessionStore sessions;
  private final StreamStore streams;
  private final Dispatcher dispatcher;

  AliveSessions(SessionStore sessions, StreamStore streams, Dispatcher dispatcher) {
    this.sessions = sessions;
    this.streams = streams;
    this.dispatcher = dispatcher;
  }

  /// Several at a time, for each may wait for a network twice. Returns when all are renewed.
  ///
  /// @throws RuntimeException when some could not be
  void renew(SessionsAlive alive) {
    var failure = new AtomicReference<@Nullable RuntimeException>();
    var places = new Semaphore(CONCURRENCY);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (SessionId id : alive.sessions()) {
        places.acquireUninterruptibly();
        threads.execute(() -> {
          try {
            renew(alive.node(), id);
          } catch (UnreadableEntryException e) {
            // Again would be in vain, and another process may be able to.
            LOG.debugf(e, "A session that is alive is not renewed");
          } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
          } finally {
            places.release();
          }
        });
      }
    }
    RuntimeException first = failure.get();
    if (first != null) {
      throw first;
    }
  }

  private void renew(NodeId node, SessionId id) {
    SessionRecord session = sessions.renew(id);
    if (session == null) {
      closeAgain(node, id);
    } else if (session.role() == SessionRole.PUBLISHER) {
      StreamRecord published = streams.renew(session.stream(), id);
      if (published != null && !published.publisher().equals(id) && isOpen(published.publisher())) {
        sessions.end(id);
        dispatcher.abandon(node, id, CloseReason.REPLACED);
      }
    }
  }

  private boolean isOpen(SessionId id) {
    SessionRecord session = sessions.find(id);
    return session != null && session.state() == SessionState.OPEN;
  }

  private void closeAgain(NodeId node, SessionId id) {
    SessionRecord session = sessions.find(id);
    if (session != null && session.state() == SessionState.ENDED) {
      dispatcher.abandon(node, id, CloseReason.ABANDONED);
    }
  }
}
