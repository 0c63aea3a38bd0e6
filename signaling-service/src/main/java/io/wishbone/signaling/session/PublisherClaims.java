package io.wishbone.signaling.session;

import io.wishbone.control.StreamName;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.store.NodeStore;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamRecord;
import io.wishbone.store.StreamStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Decides who publishes a stream.
@Singleton
final class PublisherClaims {

  /// A publisher that vanished without a word holds its stream for some seconds.
  private static final int RETRY_AFTER_SECONDS = 2;

  private final StreamStore streams;
  private final SessionStore sessions;
  private final NodeStore nodes;
  private final PublisherConflict policy;

  @Inject
  PublisherClaims(
      StreamStore streams, SessionStore sessions, NodeStore nodes, SignalingConfig config) {
    this(streams, sessions, nodes, config.publisherConflict());
  }

  PublisherClaims(
      StreamStore streams, SessionStore sessions, NodeStore nodes, PublisherConflict policy) {
    this.streams = streams;
    this.sessions = sessions;
    this.nodes = nodes;
    this.policy = policy;
  }

  /// Makes `next` the publisher of its stream when that is free.
  ///
  /// @return who publishes the stream and may be replaced, which [#takeOver] does; null when the
  ///   stream was free
  /// @throws ProblemException 409 when the stream stays with its publisher
  @Nullable StreamRecord claim(StreamRecord next) {
    StreamRecord current = streams.claim(next);
    if (current != null && !isLeftOver(current) && !policy.allowsTakeover(current, next)) {
      throw taken(next);
    }
    return current;
  }

  /// Makes `next`, which its node has accepted, the publisher instead of `replaced`, or of whoever
  /// claimed the stream when `replaced` had left it free: of two that come at the same time, one
  /// publishes, and the one that its node has accepted before the other is open.
  ///
  /// Whether the other one is open is decided by its session, which goes from opening either to
  /// open or to ended, in one step.
  ///
  /// @throws ProblemException 409 when the stream has another publisher that is open
  void takeOver(StreamRecord replaced, StreamRecord next) {
    while (true) {
      StreamRecord current = streams.find(next.stream());
      if (current == null) {
        if (streams.claim(next) == null) {
          return;
        }
      } else if (current.publisher().equals(replaced.publisher()) || isLeftOver(current)) {
        if (streams.replace(current, next)) {
          return;
        }
      } else if (isOpen(current)) {
        throw taken(next);
      }
    }
  }

  /// Sees to it that a session that is being opened will not be open, and then has left the stream.
  private boolean isOpen(StreamRecord current) {
    SessionRecord publisher = sessions.find(current.publisher());
    if (publisher == null) {
      return false;
    }
    return switch (publisher.state()) {
      case OPENING -> {
        // When it is open meanwhile, the next look shows that.
        var _ = sessions.replace(publisher, publisher.withState(SessionState.ENDED));
        yield false;
      }
      case ENDED -> false;
      case PENDING, OPEN, UNKNOWN -> true;
    };
  }

  private static ProblemException taken(StreamRecord next) {
    return ProblemException.conflict(
        "stream " + next.stream() + " has a publisher already", RETRY_AFTER_SECONDS);
  }

  /// Who publishes the stream; null when nobody does, or whoever did is gone.
  @Nullable StreamRecord publisher(StreamName stream) {
    StreamRecord current = streams.find(stream);
    return current == null || isLeftOver(current) ? null : current;
  }

  /// Whether the publisher is gone without anybody having said so: its node died, or it was never
  /// opened.
  boolean isLeftOver(StreamRecord current) {
    SessionRecord publisher = sessions.find(current.publisher());
    return publisher == null
        || publisher.state() == SessionState.ENDED
        || !nodes.isAlive(current.node());
  }
}
