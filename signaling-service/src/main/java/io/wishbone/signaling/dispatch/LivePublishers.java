package io.wishbone.signaling.dispatch;

import io.wishbone.control.CloseReason;
import io.wishbone.signaling.dispatch.SessionsAtNodes.Presence;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamRecord;
import io.wishbone.store.StreamStore;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import org.jboss.logging.Logger;

/// Sees to it that a publisher that lives has its stream, and that of several that live one is
/// left: the one that was opened last. Everybody decides the same by that, also those who see
/// different halves of a store that is split, so that two never end each other.
///
/// Nobody is ended for a publisher that its node does not have: the node is asked before.
@Singleton
final class LivePublishers {

  private static final Logger LOG = Logger.getLogger(LivePublishers.class);

  /// Nobody waits for this but what else nodes have to say.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final Comparator<SessionRecord> BY_OPENING =
      Comparator.comparing(SessionRecord::createdAt).thenComparing(session -> session.id().value());

  private final SessionStore sessions;
  private final StreamStore streams;
  private final SessionsAtNodes atNodes;
  private final Dispatcher dispatcher;

  LivePublishers(
      SessionStore sessions, StreamStore streams, SessionsAtNodes atNodes, Dispatcher dispatcher) {
    this.sessions = sessions;
    this.streams = streams;
    this.atNodes = atNodes;
    this.dispatcher = dispatcher;
  }

  /// Renews the publisher's stream. Where the stream is free, such as after a takeover that did not
  /// come to its end, or is somebody's who is gone, it is given back.
  ///
  /// @param live an open publisher that its node has just named
  void keep(SessionRecord live) {
    StreamRecord published = streams.renew(live.stream(), live.id());
    if (published == null) {
      published = streams.claim(StreamRecord.of(live));
      if (published == null) {
        leaveIfEnded(live);
        return;
      }
    }
    if (!published.publisher().equals(live.id())) {
      settle(published, live);
    }
  }

  private void settle(StreamRecord published, SessionRecord live) {
    SessionRecord other = sessions.find(published.publisher());
    if (other == null) {
      take(published, live);
      return;
    }
    switch (other.state()) {
      case ENDED -> take(published, live);
      case OPEN -> settle(published, live, other);
      case OPENING, PENDING, UNKNOWN -> {
        // It is not there yet: the next time that the node names this one decides.
      }
    }
  }

  private void settle(StreamRecord published, SessionRecord live, SessionRecord other) {
    if (BY_OPENING.compare(live, other) > 0) {
      // What names it may have been on its way for long.
      if (atNodes.look(live, PATIENCE) == Presence.THERE && take(published, live)) {
        end(other);
      }
      return;
    }
    switch (atNodes.look(other, PATIENCE)) {
      case THERE -> end(live);
      case GONE -> {
        LOG.warnf("The store has a publisher of stream %s that is long gone", live.stream());
        if (take(published, live)) {
          sessions.end(other.id());
        }
      }
      case UNHEARD -> {
        // Two are better than none until its node speaks, or it is lost.
      }
    }
  }

  private boolean take(StreamRecord published, SessionRecord live) {
    boolean taken = streams.replace(published, StreamRecord.of(live));
    if (taken) {
      leaveIfEnded(live);
    }
    return taken;
  }

  /// Somebody may have ended it since it was looked at, and freed its stream before it got this.
  private void leaveIfEnded(SessionRecord live) {
    SessionRecord now = sessions.find(live.id());
    if (now == null || now.state() == SessionState.ENDED) {
      streams.free(live);
    }
  }

  /// It may be long before its node hears of it, which names it until then.
  private void end(SessionRecord publisher) {
    sessions.endLost(publisher.id());
    var _ = dispatcher.abandon(publisher.node(), publisher.id(), CloseReason.REPLACED);
  }
}
