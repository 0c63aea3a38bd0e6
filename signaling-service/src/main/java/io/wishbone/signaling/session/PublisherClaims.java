package io.wishbone.signaling.session;

import io.wishbone.control.NodeId;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.SignalingConfig;
import io.wishbone.signaling.dispatch.Hearing;
import io.wishbone.signaling.dispatch.SessionsAtNodes;
import io.wishbone.signaling.dispatch.SessionsAtNodes.Presence;
import io.wishbone.signaling.http.ProblemException;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamRecord;
import io.wishbone.store.StreamStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Decides who publishes a stream.
@Singleton
final class PublisherClaims {

  /// A publisher that vanished without a word holds its stream for some seconds.
  private static final int RETRY_AFTER_SECONDS = 2;

  /// How long a request waits for the end of a publisher whose node says good-bye: longer than its
  /// word of that takes through a broker.
  private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(1);

  /// How long a request waits for a node's word that it has a publisher. One that dies just now is
  /// not waited for until its report lapses.
  private static final Duration LONGEST_ANSWER = Duration.ofMillis(300);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final StreamStore streams;
  private final SessionStore sessions;
  private final NodeStore nodes;
  private final Predicate<NodeId> hears;
  private final Predicate<SessionRecord> isGone;
  private final PublisherConflict policy;
  private final Duration longestGoodbye;

  @Inject
  PublisherClaims(
      StreamStore streams,
      SessionStore sessions,
      NodeStore nodes,
      Hearing hearing,
      SessionsAtNodes atNodes,
      SignalingConfig config) {
    this(
        streams,
        sessions,
        nodes,
        hearing::hears,
        session -> atNodes.look(session, LONGEST_ANSWER) == Presence.GONE,
        config.publisherConflict(),
        LONGEST_GOODBYE);
  }

  /// @param isGone whether its node says that it does not have a session
  PublisherClaims(
      StreamStore streams,
      SessionStore sessions,
      NodeStore nodes,
      Predicate<NodeId> hears,
      Predicate<SessionRecord> isGone,
      PublisherConflict policy,
      Duration longestGoodbye) {
    this.streams = streams;
    this.sessions = sessions;
    this.nodes = nodes;
    this.hears = hears;
    this.isGone = isGone;
    this.policy = policy;
    this.longestGoodbye = longestGoodbye;
  }

  /// Makes `next` the publisher of its stream when that is free. An encoder whose node drains comes
  /// again as soon as that has closed its session, which may be sooner than anybody here has heard
  /// of it: then this waits a moment, on the thread of the request. Nobody is refused for a
  /// publisher that its node does not know: the node is asked first.
  ///
  /// @return who publishes the stream and may be replaced, which [#takeOver] does; null when the
  ///   stream was free
  /// @throws ProblemException 409 when the stream stays with its publisher
  @Nullable StreamRecord claim(StreamRecord next) {
    StreamRecord current = streams.claim(next);
    if (current != null && isKept(current, next) && isDraining(current.node())) {
      awaitGoodbye(current);
      current = streams.claim(next);
    }
    // Its node may have been given up while it was waited for.
    if (current != null && isKept(current, next) && !isGhost(current) && !isLeftOver(current)) {
      throw taken(next);
    }
    return current;
  }

  /// Whether the store alone knows the publisher. Of one that is being opened its node may not know
  /// yet.
  private boolean isGhost(StreamRecord current) {
    SessionRecord publisher = sessions.find(current.publisher());
    return publisher != null && publisher.state() == SessionState.OPEN && isGone.test(publisher);
  }

  /// Whether the stream stays with its publisher.
  private boolean isKept(StreamRecord current, StreamRecord next) {
    return !isLeftOver(current) && !policy.allowsTakeover(current, next);
  }

  /// Until that publisher is gone, its node stays after all, or time is over.
  private void awaitGoodbye(StreamRecord current) {
    long deadline = System.nanoTime() + longestGoodbye.toNanos();
    while (System.nanoTime() - deadline < 0 && isDraining(current.node()) && !isLeftOver(current)) {
      pause();
    }
  }

  private boolean isDraining(NodeId node) {
    NodeRecord found = nodes.find(node);
    return found != null && found.draining();
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw ProblemException.unavailable("the server is stopping", RETRY_AFTER_SECONDS);
    }
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
        || !hears.test(current.node()) && !nodes.isAlive(current.node());
  }
}
