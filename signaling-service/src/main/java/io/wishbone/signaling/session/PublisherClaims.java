package io.wishbone.signaling.session;

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

  /// Makes `next` the publisher of its stream.
  ///
  /// @return who published it before and was replaced, or null when it was free
  /// @throws ProblemException 409 when the stream stays with its publisher
  @Nullable StreamRecord claim(StreamRecord next) {
    while (true) {
      StreamRecord current = streams.claim(next);
      if (current == null) {
        return null;
      }
      if (!isLeftOver(current) && !policy.allowsTakeover(current, next)) {
        throw ProblemException.conflict("stream " + next.stream() + " has a publisher already");
      }
      if (streams.replace(current, next)) {
        return current;
      }
    }
  }

  /// Whether the publisher is gone without anybody having said so: its node died, or it was never
  /// opened.
  private boolean isLeftOver(StreamRecord current) {
    SessionRecord publisher = sessions.find(current.publisher());
    return publisher == null
        || publisher.state() == SessionState.ENDED
        || !nodes.isAlive(current.node());
  }
}
