package io.wishbone.signaling.admin;

import io.wishbone.control.CloseReason;
import io.wishbone.signaling.session.SessionEnder;
import io.wishbone.store.RevocationRecord;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/// Ends the sessions that a revocation takes away. They are found by a look at every session there
/// is: that is done seldom, and an index would have to be kept right all the time.
@Singleton
final class RevokedSessions {

  private static final Logger LOG = Logger.getLogger(RevokedSessions.class);

  private final SessionStore sessions;
  private final SessionEnder ender;

  RevokedSessions(SessionStore sessions, SessionEnder ender) {
    this.sessions = sessions;
    this.ender = ender;
  }

  /// Ends them all at once, and waits until that is done.
  ///
  /// @return how many there were
  int end(RevocationRecord revocation) {
    List<SessionRecord> covered =
        sessions.all().stream()
            .filter(session -> session.state() != SessionState.ENDED && revocation.covers(session))
            .toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (SessionRecord session : covered) {
        threads.execute(() -> end(session));
      }
    }
    return covered.size();
  }

  private void end(SessionRecord session) {
    try {
      ender.end(session.id(), CloseReason.OPERATOR);
    } catch (RuntimeException failure) {
      LOG.errorf(failure, "A revoked session of stream %s was not ended", session.stream());
    }
  }
}
