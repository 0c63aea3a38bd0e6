package io.wishbone.signaling.dispatch;

import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.SessionsAlive;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamStore;
import jakarta.inject.Singleton;

/// Keeps sessions that their node still names from being forgotten. All others are forgotten in
/// time: those of a node that died, and those whose end was never heard of.
@Singleton
final class AliveSessions {

  private final SessionStore sessions;
  private final StreamStore streams;

  AliveSessions(SessionStore sessions, StreamStore streams) {
    this.sessions = sessions;
    this.streams = streams;
  }

  void renew(SessionsAlive alive) {
    for (SessionId id : alive.sessions()) {
      SessionRecord session = sessions.renew(id);
      if (session != null && session.role() == SessionRole.PUBLISHER) {
        streams.renew(session.stream(), id);
      }
    }
  }
}
