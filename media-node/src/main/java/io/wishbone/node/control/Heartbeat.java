package io.wishbone.node.control;

import io.wishbone.control.EventPublisher;
import io.wishbone.control.NodeHeartbeat;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Says every second that the node is alive, and how it is doing.
public final class Heartbeat {
  private static final System.Logger LOGGER = System.getLogger(Heartbeat.class.getName());
  private static final long INTERVAL_MILLIS = 1000;

  private final EventPublisher publisher;
  private final Supplier<NodeHeartbeat> state;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("heartbeat").factory());

  public Heartbeat(EventPublisher publisher, Supplier<NodeHeartbeat> state) {
    this.publisher = publisher;
    this.state = state;
  }

  /// The first beat is now.
  public void start() {
    var _ = timer.scheduleAtFixedRate(this::beat, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// Beats out of turn, such as when the node begins to drain.
  public void beatNow() {
    timer.execute(this::beat);
  }

  public void stop() {
    timer.shutdownNow();
  }

  /// A listener that fails must not stop the beats.
  private void beat() {
    try {
      publisher.publish(state.get());
    } catch (RuntimeException fault) {
      LOGGER.log(System.Logger.Level.WARNING, "A heartbeat failed", fault);
    }
  }
}
