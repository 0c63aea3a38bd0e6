package io.wishbone.signaling.session;

import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionClosed;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.signaling.dispatch.Dispatcher;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StoreUnavailableException;
import io.wishbone.store.StreamStore;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Ends sessions. That a session has ended is known for as long as its node has not said that it is
/// over there, too: when the node names it, it is told again.
@Singleton
public final class SessionEnder {

  private static final Logger LOG = Logger.getLogger(SessionEnder.class);

  private final SessionStore sessions;
  private final StreamStore streams;
  private final Dispatcher dispatcher;

  SessionEnder(SessionStore sessions, StreamStore streams, Dispatcher dispatcher) {
    this.sessions = sessions;
    this.streams = streams;
    this.dispatcher = dispatcher;
  }

  /// Ends the session at its node. One that has ended already stays so. When this returns, the
  /// stream of a publisher is free.
  public void end(SessionId id, CloseReason reason) {
    end(id, reason, () -> sessions.end(id));
  }

  /// The same for a session that was just found.
  void end(SessionRecord found, CloseReason reason) {
    end(found.id(), reason, () -> sessions.end(found));
  }

  /// @param note what notes that it has ended, and returns what it was; null when it had ended
  private void end(SessionId id, CloseReason reason, Supplier<@Nullable SessionRecord> note) {
    SessionRecord session;
    try {
      session = note.get();
    } catch (StoreUnavailableException failure) {
      endWithoutStore(id, reason, failure);
      return;
    }
    if (session == null) {
      return;
    }
    try {
      if (!isClosed(session.node(), new CloseSession(id, reason))) {
        // Whoever wanted it gone has it gone, and its node hears of it when it names it next.
        sessions.endLost(id);
      }
    } catch (StoreUnavailableException failure) {
      LOG.debugf("That a session has ended may be forgotten too soon: %s", failure.getMessage());
    } finally {
      free(session);
    }
  }

  private boolean isClosed(NodeId node, CloseSession command) {
    try {
      return dispatcher.send(node, command) instanceof SessionClosed;
    } catch (ProblemException failure) {
      LOG.warnf("A session was ended without its node: %s", failure.getMessage());
      return false;
    }
  }

  /// The node says that the session has ended, and says it again until the store hears it.
  private void endWithoutStore(
      SessionId id, CloseReason reason, StoreUnavailableException failure) {
    SessionRecord seen = sessions.find(id);
    if (seen == null) {
      throw failure;
    }
    dispatcher.send(seen.node(), new CloseSession(id, reason));
  }

  /// Notes that the node does not know the session any more. While the store is away, the node's
  /// own word of that waits for it.
  void forget(SessionRecord session) {
    try {
      sessions.end(session.id());
      free(session);
    } catch (StoreUnavailableException failure) {
      LOG.debugf("A session that is over is not forgotten yet: %s", failure.getMessage());
    }
  }

  /// Ends a session that its node may have, or not: it has not said so.
  void giveUp(SessionRecord session) {
    try {
      sessions.endLost(session.id());
      free(session);
    } catch (StoreUnavailableException failure) {
      LOG.debugf("A session that is given up is not forgotten yet: %s", failure.getMessage());
    }
    var _ = dispatcher.abandon(session.node(), session.id(), CloseReason.ABANDONED);
  }

  private void free(SessionRecord session) {
    if (session.role() == SessionRole.PUBLISHER) {
      streams.free(session);
    }
  }
}
