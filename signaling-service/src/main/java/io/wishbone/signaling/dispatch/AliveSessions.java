package io.wishbone.signaling.dispatch;

import io.wishbone.control.CloseReason;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.SessionsAlive;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import io.wishbone.store.UnreadableEntryException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Brings the store and the nodes together, whenever a node names its sessions: a session that is
/// there is known, one that has ended is over, and a publisher has its stream.
///
/// - One that is open is kept from being forgotten. All others are forgotten in time: those of a
///   node that died, and those whose end was never heard of.
/// - One that has ended here and goes on at its node, because the command to close it got lost, is
///   closed again.
/// - One that the store does not know is put back, where this process remembers it: nobody could
///   renew it, or the store has lost it. A session that was ended stays known for as long as its
///   node has not said that it is over, so this brings none back to life.
/// - One that nobody knows any more is closed after a while. Its client could neither change nor
///   end it, and its stream would be free: a publisher that comes again is better than one whom
///   nobody sees.
/// - A publisher has its stream, and of several one is left ([LivePublishers]).
@Singleton
final class AliveSessions {

  private static final Logger LOG = Logger.getLogger(AliveSessions.class);

  /// Sessions of one report that are renewed at the same time.
  private static final int CONCURRENCY = 32;

  private final SessionStore sessions;
  private final Restoration restoration;
  private final LivePublishers publishers;
  private final Dispatcher dispatcher;
  private final Strangers strangers;

  @Inject
  AliveSessions(
      SessionStore sessions,
      Restoration restoration,
      LivePublishers publishers,
      Dispatcher dispatcher) {
    this(sessions, restoration, publishers, dispatcher, System::nanoTime);
  }

  /// @param clock nanoseconds
  AliveSessions(
      SessionStore sessions,
      Restoration restoration,
      LivePublishers publishers,
      Dispatcher dispatcher,
      LongSupplier clock) {
    this.sessions = sessions;
    this.restoration = restoration;
    this.publishers = publishers;
    this.dispatcher = dispatcher;
    this.strangers = new Strangers(clock);
  }

  /// What came of one report.
  private record Outcome(
      AtomicInteger restored,
      AtomicInteger unknown,
      AtomicReference<@Nullable RuntimeException> failure) {}

  /// Several at a time, for each may wait for a network twice. Returns when all are renewed.
  ///
  /// @throws RuntimeException when some could not be
  void renew(SessionsAlive alive) {
    var outcome =
        new Outcome(
            new AtomicInteger(),
            new AtomicInteger(),
            new AtomicReference<@Nullable RuntimeException>());
    var places = new Semaphore(CONCURRENCY);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (SessionId id : alive.sessions()) {
        places.acquireUninterruptibly();
        threads.execute(() -> {
          try {
            renew(alive.node(), id, outcome);
          } catch (UnreadableEntryException e) {
            // Again would be in vain, and another process may be able to.
            LOG.debugf(e, "A session that is alive is not renewed");
          } catch (RuntimeException e) {
            outcome.failure().compareAndSet(null, e);
          } finally {
            places.release();
          }
        });
      }
    }
    strangers.forgetOld();
    Restoration.tell(alive.node(), outcome.restored().get());
    if (outcome.unknown().get() > 0) {
      LOG.warnf(
          "Node %s has %d sessions that nobody knows, which are closed",
          alive.node(), outcome.unknown().get());
    }
    RuntimeException first = outcome.failure().get();
    if (first != null) {
      throw first;
    }
  }

  private void renew(NodeId node, SessionId id, Outcome outcome) {
    SessionRecord session = find(node, id, outcome);
    if (session == null) {
      if (strangers.isOverdue(id)) {
        outcome.unknown().incrementAndGet();
        close(node, id);
      }
      return;
    }
    strangers.forget(id);
    switch (session.state()) {
      case ENDED -> close(node, id);
      case OPEN -> {
        if (session.role() == SessionRole.PUBLISHER) {
          publishers.keep(session);
        }
      }
      case OPENING, PENDING, UNKNOWN -> {
        // Whoever opens it brings that to an end, or a process that has a word for it.
      }
    }
  }

  /// The session, renewed if it is open, and put back if it was missing; null when nobody here
  /// knows it.
  private @Nullable SessionRecord find(NodeId node, SessionId id, Outcome outcome) {
    SessionRecord session = sessions.renew(id);
    if (session != null) {
      return session;
    }
    session = sessions.find(id);
    if (session != null) {
      return session;
    }
    SessionRecord known = restoration.remembered(node, id);
    if (known == null) {
      return null;
    }
    if (restoration.putBack(known)) {
      outcome.restored().incrementAndGet();
      return known;
    }
    return known.state() == SessionState.ENDED ? known : null;
  }

  private void close(NodeId node, SessionId id) {
    var _ = dispatcher.abandon(node, id, CloseReason.ABANDONED);
  }
}
