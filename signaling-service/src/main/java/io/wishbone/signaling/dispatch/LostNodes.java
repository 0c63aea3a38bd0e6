package io.wishbone.signaling.dispatch;

import io.quarkus.runtime.StartupEvent;
import io.wishbone.control.CloseReason;
import io.wishbone.control.EventPublisher;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionEnded;
import io.wishbone.store.LostNodeStore;
import io.wishbone.store.NodeStore;
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
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Ends the sessions of nodes that are not heard of any more, in the node's place: one process of
/// all that notice does it. New sessions go elsewhere earlier, as soon as the node's report lapses.
/// Where the report has not lapsed, another process hears the node, and this one is deaf.
///
/// A node that was only cut off goes on with its sessions. When it is back it names them, and is
/// told to close them ([AliveSessions]).
@Singleton
final class LostNodes {

  private static final Logger LOG = Logger.getLogger(LostNodes.class);
  private static final Duration STEP = Duration.ofMillis(250);
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(5);

  /// Far more than a cluster has.
  private static final int MOST_NODES = 10_000;

  private final SessionStore sessions;
  private final NodeStore nodes;
  private final LostNodeStore claims;
  private final EventPublisher events;
  private final String self = UUID.randomUUID().toString();
  private final LongSupplier clock;
  private final Silences silences;
  private boolean knowsOlder;
  private long nextAttempt;
  private @Nullable Thread thread;

  @Inject
  LostNodes(SessionStore sessions, NodeStore nodes, LostNodeStore claims, EventPublisher events) {
    this(sessions, nodes, claims, events, System::nanoTime);
  }

  /// @param clock nanoseconds
  LostNodes(
      SessionStore sessions,
      NodeStore nodes,
      LostNodeStore claims,
      EventPublisher events,
      LongSupplier clock) {
    this.clock = clock;
    silences = new Silences(clock.getAsLong());
    nextAttempt = clock.getAsLong();
    this.sessions = sessions;
    this.nodes = nodes;
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

  /// A node has reported itself. Never blocks.
  void heard(NodeId node) {
    silences.heard(node, clock.getAsLong());
  }

  /// Whether no answer is to be expected of the node: it was not heard for some seconds, and others
  /// were. Never blocks.
  boolean isSilent(NodeId node) {
    return silences.isSilent(node, clock.getAsLong());
  }

  /// Whether the node has just been heard, by this process itself. Never blocks.
  boolean hears(NodeId node) {
    return silences.hears(node, clock.getAsLong());
  }

  /// Whether nobody could be heard until a moment ago, for long. Never blocks.
  boolean isBackLately() {
    return silences.isBackLately(clock.getAsLong());
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(STEP);
        look();
      }
    } catch (InterruptedException _) {
      LOG.debug("Nobody looks after lost nodes any more");
    }
  }

  /// To be called a few times a second. May wait for the stores.
  void look() {
    learnOlder();
    for (NodeId node : silences.lost(clock.getAsLong())) {
      lookAfter(node);
    }
  }

  /// A node may have died while no process was there to notice: its sessions still name it.
  private void learnOlder() {
    if (knowsOlder || clock.getAsLong() - nextAttempt < 0) {
      return;
    }
    try {
      sessions.all().stream()
          .filter(each -> each.state() != SessionState.ENDED)
          .map(SessionRecord::node)
          .distinct()
          .limit(MOST_NODES)
          .forEach(node -> silences.expect(node, clock.getAsLong()));
      knowsOlder = true;
    } catch (RuntimeException | Error failure) {
      LOG.debugf("Which nodes have sessions cannot be looked up now: %s", failure);
      nextAttempt = clock.getAsLong() + BETWEEN_ATTEMPTS.toNanos();
    }
  }

  private void lookAfter(NodeId node) {
    try {
      // Each store call may take long, and a node is not lost that has spoken meanwhile.
      if (!silences.isLost(node, clock.getAsLong())) {
        return;
      }
      if (nodes.isAlive(node)) {
        silences.leave(node, NodeStore.LIFESPAN, clock.getAsLong());
        return;
      }
      if (!claims.claim(node, self)) {
        // Whoever has it may die before anybody hears what it says: then it falls to another one.
        silences.leave(node, LostNodeStore.LIFESPAN, clock.getAsLong());
        return;
      }
      List<SessionRecord> left =
          sessions.all().stream()
              .filter(each -> each.node().equals(node) && each.state() != SessionState.ENDED)
              .toList();
      if (!silences.isLost(node, clock.getAsLong())) {
        return;
      }
      giveUp(node, left);
      silences.forget(node);
    } catch (RuntimeException | Error failure) {
      // It stays lost, so the next look tries again.
      LOG.warnf("The sessions of lost node %s cannot be looked after now: %s", node, failure);
    }
  }

  private void giveUp(NodeId node, List<SessionRecord> left) {
    if (left.isEmpty()) {
      LOG.infof("Node %s is not heard of any more; it has left no sessions", node);
      return;
    }
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
  }
}
