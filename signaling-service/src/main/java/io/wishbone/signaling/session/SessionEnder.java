package io.wishbone.signaling.session;

import io.wishbone.control.CloseReason;
import io.wishbone.control.CloseSession;
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

/// Ends sessions.
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
      dispatcher.send(session.node(), new CloseSession(id, reason));
    } catch (ProblemException failure) {
      // Whoever wanted it gone has it gone: a node that cannot be reached ends it by itself.
      LOG.warnf("A session was ended without its node: %s", failure.getMessage());
    } finally {
      free(session);
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

  private void free(SessionRecord session) {
    if (session.role() == SessionRole.PUBLISHER) {
      streams.free(session);
    }
  }
}
