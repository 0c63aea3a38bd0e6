package io.wishbone.signaling.dispatch;

import io.quarkus.runtime.StartupEvent;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeEvents;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.SessionConnected;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionNoted;
import io.wishbone.control.SessionOutgrown;
import io.wishbone.control.SessionsAlive;
import io.wishbone.control.StreamStatus;
import io.wishbone.control.TraceParent;
import io.wishbone.signaling.http.LogLabels;
import io.wishbone.signaling.metrics.SignalingMetrics;
import io.wishbone.signaling.relay.EdgeReports;
import io.wishbone.store.StoreUnavailableException;
import io.wishbone.store.UnreadableEntryException;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Takes in what one process of signalling has to do about an event, and no other: what changes the
/// stores. The carrier's thread only queues an event; one virtual thread handles them in order, for
/// the stores may wait. While a store is away, events go back to the carrier, which brings them
/// again.
@Singleton
final class NodeEventInbox {

  private static final Logger LOG = Logger.getLogger(NodeEventInbox.class);

  /// Before media nodes of the same process start to report.
  static final int EARLY = 100;

  private final NodeEvents events;
  private final EndedSessions endedSessions;
  private final AliveSessions aliveSessions;
  private final EdgeReports edgeReports;
  private final SignalingMetrics metrics;
  private final EventQueue<Pending> queue =
      new EventQueue<>(
          "node-events", pending -> TraceParent.run(pending.trace(), () -> handle(pending)));

  /// @param trace that the event belongs to, null for none
  private record Pending(
      NodeEvent event, @Nullable TraceParent trace, CompletableFuture<Void> handled) {}

  @Inject
  NodeEventInbox(
      NodeEvents events,
      EndedSessions endedSessions,
      AliveSessions aliveSessions,
      EdgeReports edgeReports,
      SignalingMetrics metrics) {
    this.metrics = metrics;
    this.edgeReports = edgeReports;
    this.events = events;
    this.endedSessions = endedSessions;
    this.aliveSessions = aliveSessions;
  }

  void start(@Observes @Priority(EARLY) StartupEvent event) {
    start();
  }

  void start() {
    queue.start();
    metrics.watchEventQueue("change", queue::size, queue::refused);
    events.subscribe(each -> {
      var pending = new Pending(each, TraceParent.current(), new CompletableFuture<>());
      if (!queue.add(pending)) {
        pending
            .handled()
            .completeExceptionally(new StoreUnavailableException("too many wait", null));
      }
      return pending.handled();
    });
  }

  @PreDestroy
  void stop() {
    queue.stop();
  }

  private void handle(Pending pending) {
    try {
      handle(pending.event());
      metrics.heard(pending.event());
      pending.handled().complete(null);
    } catch (StoreUnavailableException failure) {
      pending.handled().completeExceptionally(failure);
    } catch (UnreadableEntryException failure) {
      // The store has counted it, and works.
      LOG.debugf(failure, "An event is about what cannot be read");
      pending.handled().complete(null);
    } catch (RuntimeException | Error failure) {
      // It would fail again, and hold up all that come after it.
      LOG.errorf(
          failure, "An event was not taken in: %s", pending.event().getClass().getSimpleName());
      pending.handled().complete(null);
    } finally {
      LogLabels.clear();
    }
  }

  private void handle(NodeEvent event) {
    switch (event) {
      case SessionEnded ended -> {
        LogLabels.set(ended.sessionId(), ended.stream());
        endedSessions.forget(ended);
      }
      case SessionsAlive alive -> aliveSessions.renew(alive);
      case SessionConnected connected -> {
        LogLabels.set(connected.sessionId(), connected.stream());
        LOG.infof("%s of stream %s is connected", connected.role(), connected.stream());
      }
      case StreamStatus status -> edgeReports.take(status);
      case NodeHeartbeat _, SessionNoted _, SessionOutgrown _ -> {
        // Every process hears it.
      }
    }
  }
}
