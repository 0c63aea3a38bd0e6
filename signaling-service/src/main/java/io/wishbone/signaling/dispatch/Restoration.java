package io.wishbone.signaling.dispatch;

import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.SessionsAlive;
import io.wishbone.store.Remembered;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StoreUnavailableException;
import io.wishbone.store.StreamRecord;
import io.wishbone.store.StreamStore;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Puts back what a store has lost: sessions that this process remembers, when their nodes name
/// them. That a node names a session is proof that it lives; what this process remembers alone may
/// be long out of date. What is there is left as it is.
///
/// It is only done for a while after the store was away. Every process does it, for each remembers
/// others.
@Singleton
final class Restoration {

  private static final Logger LOG = Logger.getLogger(Restoration.class);

  private final Remembered remembered;
  private final SessionStore sessions;
  private final StreamStore streams;

  Restoration(Remembered remembered, SessionStore sessions, StreamStore streams) {
    this.remembered = remembered;
    this.sessions = sessions;
    this.streams = streams;
  }

  /// Never waits for a store.
  void take(SessionsAlive alive) {
    if (remembered.isAskedFor()) {
      Thread.ofVirtual().name("restoration").start(() -> restore(alive));
    }
  }

  void restore(SessionsAlive alive) {
    int restored = 0;
    try {
      for (SessionId id : alive.sessions()) {
        SessionRecord known = remembered.session(id);
        if (known != null
            && known.state() == SessionState.OPEN
            && known.node().equals(alive.node())
            && sessions.restore(known)) {
          restored++;
          if (known.role() == SessionRole.PUBLISHER) {
            // Somebody else may have taken the stream meanwhile: then one of the two is ended when
            // its node names it next.
            var _ = streams.claim(publishing(known));
          }
        }
      }
    } catch (StoreUnavailableException failure) {
      LOG.debugf("Sessions of node %s are not put back now: %s", alive.node(), failure);
    }
    if (restored > 0) {
      LOG.warnf(
          "The store has lost %d sessions of node %s, which are put back", restored, alive.node());
    }
  }

  private static StreamRecord publishing(SessionRecord session) {
    return new StreamRecord(
        session.stream(),
        session.id(),
        session.node(),
        session.subject(),
        session.key(),
        session.createdAt());
  }
}
