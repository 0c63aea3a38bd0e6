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
import io.wishbone.signaling.events.OpenFeeds;
import io.wishbone.signaling.events.StreamStatuses;
import io.wishbone.signaling.metrics.SignalingMetrics;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/// Takes in what every process of signalling has to know: which nodes are alive, how streams are
/// doing, and which sessions have ended whose events are read here.
@Singleton
final class NodeEventWatch {

  private final NodeEvents events;
  private final NodeReports nodes;
  private final LostNodes lostNodes;
  private final DrainingNodes drainingNodes;
  private final StreamStatuses streamStatuses;
  private final OpenFeeds openFeeds;
  private final Restoration restoration;
  private final SessionNotes sessionNotes;
  private final SignalingMetrics metrics;
  private final EventQueue<NodeEvent> queue = new EventQueue<>("event-watch", this::handle);
  private final LatestReports reports = new LatestReports(this::takeReport, InstantSource.system());

  NodeEventWatch(
      NodeEvents events,
      NodeReports nodes,
      LostNodes lostNodes,
      DrainingNodes drainingNodes,
      StreamStatuses streamStatuses,
      OpenFeeds openFeeds,
      Restoration restoration,
      SessionNotes sessionNotes,
      SignalingMetrics metrics) {
    this.metrics = metrics;
    this.restoration = restoration;
    this.sessionNotes = sessionNotes;
    this.lostNodes = lostNodes;
    this.drainingNodes = drainingNodes;
    this.events = events;
    this.nodes = nodes;
    this.streamStatuses = streamStatuses;
    this.openFeeds = openFeeds;
  }

  void start(@Observes @Priority(NodeEventInbox.EARLY) StartupEvent event) {
    queue.start();
    reports.start();
    metrics.watchEventQueue(
        "know", () -> queue.size() + reports.size(), () -> queue.refused() + reports.refused());
    events.watch(this::hear);
  }

  /// On the carrier's thread: that a node is alive is known at once, however long what stands in a
  /// queue waits for a store.
  private void hear(NodeEvent event) {
    if (event instanceof NodeHeartbeat heartbeat) {
      lostNodes.heard(heartbeat.node());
      reports.add(heartbeat);
    } else {
      // Whatever is refused is said again in a few seconds, but that a session has ended, which is
      // found within a minute.
      var _ = queue.add(event);
    }
  }

  private void takeReport(HeardReport report) {
    nodes.take(report);
    drainingNodes.take(report.heartbeat());
  }

  @PreDestroy
  void stop() {
    queue.stop();
    reports.stop();
  }

  private void handle(NodeEvent event) {
    switch (event) {
      case StreamStatus status -> streamStatuses.take(status);
      case SessionEnded ended -> {
        sessionNotes.take(ended);
        openFeeds.end(ended);
      }
      case SessionOutgrown outgrown -> openFeeds.sendAway(outgrown.sessionId());
      case SessionNoted noted -> sessionNotes.take(noted);
      case SessionsAlive alive -> restoration.take(alive);
      case SessionConnected _ -> {
        // One process is enough for it.
      }
      case NodeHeartbeat _ -> {
        // Is in no line with the others.
      }
    }
  }
}
