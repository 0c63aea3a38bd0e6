package io.wishbone.signaling.dispatch;

import io.quarkus.runtime.StartupEvent;
import io.wishbone.control.EventPublisher;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionNoted;
import io.wishbone.store.Remembered;
import io.wishbone.store.RemoteIce;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;

/// Lets every process of signalling remember the sessions of all others, so that each can bring to
/// its node what a client wants while the store is away: a DELETE, or candidates. What would change
/// the store, such as a restart of ICE, has to wait for it.
@Singleton
final class SessionNotes {

  private final Remembered remembered;
  private final EventPublisher events;

  SessionNotes(Remembered remembered, EventPublisher events) {
    this.remembered = remembered;
    this.events = events;
  }

  void start(@Observes @Priority(NodeEventInbox.EARLY) StartupEvent event) {
    remembered.watch(this::tell);
  }

  private void tell(SessionRecord session) {
    if (session.state() == SessionState.OPEN) {
      events.publish(
          new SessionNoted(
              session.id(),
              session.stream(),
              session.role(),
              session.node(),
              session.entityTag(),
              session.remoteIce().usernameFragment(),
              session.remoteIce().password(),
              session.videoSection(),
              session.subject(),
              session.key(),
              session.trace(),
              session.createdAt().toEpochMilli()));
    }
  }

  /// Another process, or this one, has noted a session. Never waits.
  void take(SessionNoted noted) {
    remembered.note(
        new SessionRecord(
            noted.sessionId(),
            noted.stream(),
            noted.role(),
            noted.node(),
            SessionState.OPEN,
            noted.entityTag(),
            new RemoteIce(noted.usernameFragment(), noted.password()),
            noted.videoSection(),
            noted.subject(),
            noted.key(),
            noted.trace(),
            Instant.ofEpochMilli(noted.createdMillis())));
  }

  /// A session has ended. Never waits.
  void take(SessionEnded ended) {
    remembered.end(ended.sessionId());
  }
}
