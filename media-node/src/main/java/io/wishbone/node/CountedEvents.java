package io.wishbone.node;

import io.wishbone.control.EventPublisher;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.SessionConnected;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionNoted;
import io.wishbone.control.SessionOutgrown;
import io.wishbone.control.SessionsAlive;
import io.wishbone.control.StreamStatus;
import io.wishbone.node.metrics.NodeMeters;
import java.util.Locale;

/// Counts what becomes of sessions, here where it is said once: a pod may hear it twice.
record CountedEvents(EventPublisher events, NodeMeters meters) implements EventPublisher {

  @Override
  public void publish(NodeEvent event) {
    switch (event) {
      case SessionConnected connected -> meters.connected(word(connected.role()));
      case SessionEnded ended ->
          meters.ended(
              word(ended.role()),
              word(ended.reason()),
              ended.verdict() == null ? "unknown" : word(ended.verdict()));
      case SessionOutgrown _, SessionNoted _, SessionsAlive _, StreamStatus _, NodeHeartbeat _ -> {
        // Nothing has become of any.
      }
    }
    events.publish(event);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
