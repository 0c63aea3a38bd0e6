package io.wishbone.signaling.dispatch;

import io.wishbone.control.CloseReason;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionRole;
import io.wishbone.store.EventStreamStore;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamStore;
import io.wishbone.store.UnreadableEntryException;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Forgets sessions that ended at their node: what remains is a tombstone, and the stream is free,
/// unless another publisher has taken it over: whoever opened that one gives it the stream.
@Singleton
final class EndedSessions {

  private static final Logger LOG = Logger.getLogger(EndedSessions.class);

  private final SessionStore sessions;
  private final StreamStore streams;
  private final EventStreamStore eventStreams;

  EndedSessions(SessionStore sessions, StreamStore streams, EventStreamStore eventStreams) {
    this.eventStreams = eventStreams;
    this.sessions = sessions;
    this.streams = streams;
  }

  void forget(SessionEnded ended) {
    try {
      end(ended);
    } catch (UnreadableEntryException failure) {
      // The stream is free all the same.
      LOG.debugf(failure, "A session that ended cannot be read");
    }
    if (ended.role() == SessionRole.PUBLISHER && ended.reason() != CloseReason.REPLACED) {
      streams.free(ended.stream(), ended.sessionId());
    }
    LOG.infof("%s of stream %s ended: %s", ended.role(), ended.stream(), why(ended));
  }

  private void end(SessionEnded ended) {
    if (ended.role() == SessionRole.SUBSCRIBER) {
      // Only players read events.
      eventStreams.removeAll(ended.sessionId());
    }
    if (ended.reason() == CloseReason.NODE_LOST) {
      sessions.endLost(ended.sessionId());
    } else {
      sessions.end(ended.sessionId());
    }
  }

  private static String why(SessionEnded ended) {
    String reason = ended.reason().name();
    return ended.detail().isEmpty() || ended.detail().equals(reason)
        ? reason
        : reason + ", " + ended.detail();
  }
}
