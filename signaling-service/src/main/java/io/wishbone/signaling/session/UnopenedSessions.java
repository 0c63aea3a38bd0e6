package io.wishbone.signaling.session;

import io.wishbone.control.SessionRole;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StoreUnavailableException;
import io.wishbone.store.StreamStore;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/// Forgets sessions that were not opened, and frees the streams that they were to be published to.
@Singleton
final class UnopenedSessions {

  private static final Logger LOG = Logger.getLogger(UnopenedSessions.class);

  /// In all longer than one server of the store needs to miss another one.
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4),
          Duration.ofSeconds(8));

  private final SessionStore sessions;
  private final StreamStore streams;

  UnopenedSessions(SessionStore sessions, StreamStore streams) {
    this.sessions = sessions;
    this.streams = streams;
  }

  /// Nobody waits longer than for a look at a store that answers: to one that does not it is said
  /// again later, on a thread of its own. Otherwise whoever was refused for want of the store, and
  /// comes again, might find its stream taken by itself, for as long as a session may take to open.
  void forget(SessionRecord session) {
    if (!isForgotten(session)) {
      Thread.ofVirtual().name("unopened-session").start(() -> forgetLater(session));
    }
  }

  /// If the store is away for longer, it forgets the session by itself soon, and with it the claim.
  private void forgetLater(SessionRecord session) {
    for (Duration pause : PAUSES) {
      try {
        Thread.sleep(pause);
      } catch (InterruptedException _) {
        return;
      }
      if (isForgotten(session)) {
        return;
      }
    }
  }

  private boolean isForgotten(SessionRecord session) {
    try {
      sessions.remove(session.id());
      if (session.role() == SessionRole.PUBLISHER) {
        streams.free(session);
      }
      return true;
    } catch (StoreUnavailableException failure) {
      LOG.debugf("A session that was not opened is not forgotten yet: %s", failure.getMessage());
      return false;
    }
  }
}
