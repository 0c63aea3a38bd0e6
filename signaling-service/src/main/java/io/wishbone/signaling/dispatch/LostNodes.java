package io.wishbone.signaling.dispatch;

import io.quarkus.runtime.StartupEvent;
import io.wishbone.control.CloseReason;
import io.wishbone.control.EventPublisher;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionEnded;
import io.wishbone.store.LostNodeStore;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Ends the sessions of nodes that are not heard of any more, in the node's place: one process of
/// all that notice does it. New sessions go elsewhere earlier, as soon as the node's report lapses.
///
/// A node that was only cut off goes on with its sessions. When it is back it names them, and is
/// told to close them ([AliveSessions]).
@Singleton
final class LostNodes {

  private static final Logger LOG = Logger.getLogger(LostNodes.class);
  private static final Duration STEP = Duration.ofMillis(500);

  private final SessionStore sessions;
  private final LostNodeStore claims;
  private final EventPublisher events;
  private final String self = UUID.randomUUID().toString();
  private final Silences silences = new Silences(System.nanoTime());
  private @Nullable Thread thread;

  @Inject
  LostNodes(SessionStore sessions, LostNodeStore claims, EventPublisher events) {
    this.sessions = sessions;
    this.claims = claims;
    this.events = events;
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofVirtual().name("lost-nodes").start(this::run);
  }

  @PreDestroy
  void stop() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  /// A node has reported itself.
  void heard(NodeId node) {
    silences.heard(node, System.nanoTime());
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(STEP);
        for (NodeId node : silences.lost(System.nanoTime())) {
          lookAfter(node);
        }
      }
    } catch (InterruptedException _) {
      LOG.debug("Nobody looks after lost nodes any more");
    }
  }

  private void lookAfter(NodeId node) {
    try {
      if (!claims.claim(node, self)) {
        silences.forget(node);
        return;
      }
      List<SessionRecord> left =
          sessions.all().stream()
              .filter(each -> each.node().equals(node) && each.state() != SessionState.ENDED)
              .toList();
      LOG.warnf("Node %s is lost, with %d sessions", node, left.size());
      for (SessionRecord session : left) {
        events.publish(
            new SessionEnded(
                session.id(),
                session.stream(),
                session.role(),
                CloseReason.NODE_LOST,
                "its node is not heard of any more"));
      }
      silences.forget(node);
    } catch (RuntimeException failure) {
      // It stays lost, so the next look tries again.
      LOG.warnf("The sessions of lost node %s cannot be looked after now: %s", node, failure);
    }
  }
}
