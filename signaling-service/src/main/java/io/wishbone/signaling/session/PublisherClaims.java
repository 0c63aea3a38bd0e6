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

  /// Makes `next`, which its node has accepted, the publisher instead of `current`.
  ///
  /// @throws ProblemException 409 when somebody else was faster
  void takeOver(StreamRecord current, StreamRecord next) {
    // The old publisher may have gone in between, and left the stream free.
    if (!streams.replace(current, next) && streams.claim(next) != null) {
      throw taken(next);
    }
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
