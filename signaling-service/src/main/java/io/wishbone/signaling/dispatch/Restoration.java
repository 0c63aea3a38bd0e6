package io.wishbone.signaling.dispatch;

import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.SessionsAlive;
import io.wishbone.store.Remembered;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StoreUnavailableException;
import io.wishbone.store.StreamRecord;
import io.wishbone.store.StreamStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Puts back what a store has lost or forgotten: sessions that this process remembers, when their
/// nodes name them. That a node names a session is proof that it lives; what this process remembers
/// alone may be long out of date. What is there is left as it is.
///
/// Whoever renews the sessions of a node does it whenever it finds one missing ([AliveSessions]).
/// For a while after the store was away, or nobody could be heard for so long that sessions may
/// have been forgotten, every process does it, for each remembers others.
@Singleton
final class Restoration {

  private static final Logger LOG = Logger.getLogger(Restoration.class);

  private final Remembered remembered;
  private final SessionStore sessions;
  private final StreamStore streams;
  private final BooleanSupplier afterSilence;

  @Inject
  Restoration(Remembered remembered, SessionStore sessions, StreamStore streams, Hearing hearing) {
    this(remembered, sessions, streams, hearing::isBackLately);
  }

  /// @param afterSilence whether nobody could be heard for long until a moment ago
  Restoration(
      Remembered remembered,
      SessionStore sessions,
      StreamStore streams,
      BooleanSupplier afterSilence) {
    this.remembered = remembered;
    this.sessions = sessions;
    this.streams = streams;
    this.afterSilence = afterSilence;
  }

  /// Never waits for a store.
  void take(SessionsAlive alive) {
    if (remembered.isAskedFor() || afterSilence.getAsBoolean()) {
      Thread.ofVirtual().name("restoration").start(() -> restore(alive));
    }
  }

  void restore(SessionsAlive alive) {
    int restored = 0;
    try {
      for (SessionId id : alive.sessions()) {
        SessionRecord known = remembered(alive.node(), id);
        if (known != null && putBack(known)) {
          restored++;
          if (known.role() == SessionRole.PUBLISHER) {
            // Somebody else may have taken the stream meanwhile: then one of the two is ended when
            // its node names it next.
            var _ = streams.claim(StreamRecord.of(known));
          }
        }
      }
    } catch (StoreUnavailableException failure) {
      LOG.debugf("Sessions of node %s are not put back now: %s", alive.node(), failure);
    }
    tell(alive.node(), restored);
  }

  /// What is remembered here of a session of this node; null when that is nothing.
  @Nullable SessionRecord remembered(NodeId node, SessionId id) {
    SessionRecord known = remembered.session(id);
    return known != null && known.node().equals(node) ? known : null;
  }

  /// Puts a session back that was open.
  ///
  /// @return whether it was missing, and is there now
  boolean putBack(SessionRecord known) {
    return switch (known.state()) {
      case OPEN -> sessions.restore(known);
      case OPENING, PENDING, ENDED, UNKNOWN -> false;
    };
  }

  static void tell(NodeId node, int restored) {
    if (restored > 0) {
      LOG.warnf("The store has lost %d sessions of node %s, which are put back", restored, node);
    }
  }
}
