package io.wishbone.signaling.dispatch;

import io.quarkus.runtime.StartupEvent;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeEvents;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.SessionConnected;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionsAlive;
import io.wishbone.control.StreamStatus;
import io.wishbone.signaling.events.OpenFeeds;
import io.wishbone.signaling.events.StreamStatuses;
import io.wishbone.signaling.http.LogLabels;
import io.wishbone.signaling.metrics.SignalingMetrics;
import io.wishbone.signaling.relay.EdgeReports;
import io.wishbone.signaling.webhooks.LifecycleNotifier;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Takes in what media nodes report. The carrier's thread only queues an event; one virtual thread
/// handles them in order, for the stores may wait. The queue is as long as nodes report faster than
/// the stores write: it is bounded by what our own nodes have to say.
@Singleton
final class NodeEventInbox {

  private static final Logger LOG = Logger.getLogger(NodeEventInbox.class);

  /// Before media nodes of the same process start to report.
  private static final int EARLY = 100;

  private final NodeEvents events;
  private final NodeStore nodes;
  private final EndedSessions endedSessions;
  private final AliveSessions aliveSessions;
  private final StreamStatuses streamStatuses;
  private final EdgeReports edgeReports;
  private final OpenFeeds openFeeds;
  private final SignalingMetrics metrics;
  private final LifecycleNotifier notifier;
  private final InstantSource clock = InstantSource.system();
  private final BlockingQueue<NodeEvent> queue = new LinkedBlockingQueue<>();
  private @Nullable Thread thread;

  NodeEventInbox(
      NodeEvents events,
      NodeStore nodes,
      EndedSessions endedSessions,
      AliveSessions aliveSessions,
      StreamStatuses streamStatuses,
      EdgeReports edgeReports,
      OpenFeeds openFeeds,
      SignalingMetrics metrics,
      LifecycleNotifier notifier) {
    this.events = events;
    this.nodes = nodes;
    this.endedSessions = endedSessions;
    this.aliveSessions = aliveSessions;
    this.streamStatuses = streamStatuses;
    this.edgeReports = edgeReports;
    this.openFeeds = openFeeds;
    this.metrics = metrics;
    this.notifier = notifier;
    metrics.watchEventQueue(queue::size);
  }

  void start(@Observes @Priority(EARLY) StartupEvent event) {
    thread = Thread.ofVirtual().name("node-events").start(this::handleAll);
    events.subscribe(queue::add);
  }

  @PreDestroy
  void stop() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void handleAll() {
    try {
      while (true) {
        handle(queue.take());
      }
    } catch (InterruptedException _) {
      LOG.debug("No more events are taken in");
    }
  }

  private void handle(NodeEvent event) {
    try {
      metrics.heard(event);
      notifier.tell(event);
      switch (event) {
        case NodeHeartbeat heartbeat -> nodes.put(NodeRecord.of(heartbeat, clock.instant()));
        case SessionEnded ended -> {
          LogLabels.set(ended.sessionId(), ended.stream());
          openFeeds.end(ended);
          endedSessions.forget(ended);
        }
        case SessionsAlive alive -> aliveSessions.renew(alive);
        case StreamStatus status -> {
          streamStatuses.take(status);
          edgeReports.take(status);
        }
        case SessionConnected connected -> {
          LogLabels.set(connected.sessionId(), connected.stream());
          LOG.infof("%s of stream %s is connected", connected.role(), connected.stream());
        }
      }
    } catch (RuntimeException failure) {
      LOG.errorf(failure, "An event was not taken in: %s", event.getClass().getSimpleName());
    } finally {
      LogLabels.clear();
    }
  }
}
