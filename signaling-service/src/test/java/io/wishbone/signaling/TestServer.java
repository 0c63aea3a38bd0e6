package io.wishbone.signaling;

import io.quarkus.runtime.StartupEvent;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.NodeStore;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamRecord;
import io.wishbone.store.StreamStore;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/// What a program adds to signalling: a carrier with a node at its end. The node reports once, so
/// it stays alive for as long as the tests run.
@Singleton
class TestServer {

  private final InProcessCarrier carrier = new InProcessCarrier(Duration.ofMillis(300));
  private final ScriptedNode node = new ScriptedNode();
  private final EmbeddedCaches nodeCaches = new EmbeddedCaches();

  void start(@Observes StartupEvent event) {
    carrier.register(ScriptedNode.ID, node);
    carrier.publish(new NodeHeartbeat(ScriptedNode.ID, "", "", 0, 0, 0, false));
  }

  @Produces
  @Singleton
  InProcessCarrier carrier() {
    return carrier;
  }

  @Produces
  @Singleton
  ScriptedNode node() {
    return node;
  }

  @Produces
  @Singleton
  NodeStore nodes() {
    return new NodeStore(nodeCaches.nodes(), Duration.ofHours(1));
  }

  /// Forgets everything but the node.
  static void reset(ScriptedNode node, SessionStore sessions, StreamStore streams) {
    node.reset();
    for (SessionRecord session : sessions.all()) {
      sessions.remove(session.id());
    }
    for (StreamRecord stream : streams.all()) {
      streams.free(stream.stream(), stream.publisher());
    }
  }
}
