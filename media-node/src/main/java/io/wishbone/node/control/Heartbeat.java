package io.wishbone.node.control;

import io.wishbone.control.EventPublisher;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionsAlive;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Says a few times a second that the node is alive and how it is doing, and every half minute
/// which sessions it has.
public final class Heartbeat {
  private static final System.Logger LOGGER = System.getLogger(Heartbeat.class.getName());
  private static final long INTERVAL_MILLIS = NodeHeartbeat.INTERVAL.toMillis();
  private static final long SESSIONS_INTERVAL_MILLIS = 30_000;

  private final EventPublisher publisher;
  private final Supplier<NodeHeartbeat> state;
  private final Supplier<List<SessionId>> sessions;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("heartbeat").factory());

  public Heartbeat(
      EventPublisher publisher, Supplier<NodeHeartbeat> state, Supplier<List<SessionId>> sessions) {
    this.publisher = publisher;
    this.state = state;
    this.sessions = sessions;
  }

  /// The first beat is now.
  public void start() {
    var _ = timer.scheduleAtFixedRate(this::beat, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    var _ =
        timer.scheduleAtFixedRate(
            this::nameSessions,
            SESSIONS_INTERVAL_MILLIS,
            SESSIONS_INTERVAL_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /// Beats out of turn, such as when the node begins to drain.
  public void beatNow() {
    timer.execute(this::beat);
  }

  /// Names the sessions out of turn.
  public void nameSessionsNow() {
    timer.execute(this::nameSessions);
  }

  public void stop() {
    timer.shutdownNow();
  }

  /// Names the sessions that have not ended.
  void nameSessions() {
    goOn(() -> {
      NodeId node = state.get().node();
      List<SessionId> all = sessions.get();
      for (int i = 0; i < all.size(); i += SessionsAlive.MAX_SESSIONS) {
        int end = Math.min(all.size(), i + SessionsAlive.MAX_SESSIONS);
        publisher.publish(new SessionsAlive(node, all.subList(i, end)));
      }
    });
  }

  private void beat() {
    goOn(() -> publisher.publish(state.get()));
  }

  /// Nothing that fails once, be it a listener or a look at the node, may stop the beats: a timer
  /// does not come back to work that has thrown anything.
  private static void goOn(Runnable turn) {
    try {
      turn.run();
    } catch (RuntimeException | Error fault) {
      LOGGER.log(System.Logger.Level.WARNING, "A heartbeat failed", fault);
    }
  }
}
