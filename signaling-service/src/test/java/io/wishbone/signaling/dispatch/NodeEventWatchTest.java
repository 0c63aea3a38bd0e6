package io.wishbone.signaling.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.wishbone.control.CloseReason;
import io.wishbone.control.InProcessCarrier;
import io.wishbone.control.NodeEvent;
import io.wishbone.control.NodeHeartbeat;
import io.wishbone.control.NodeId;
import io.wishbone.control.SessionEnded;
import io.wishbone.control.SessionId;
import io.wishbone.control.SessionRole;
import io.wishbone.control.StreamName;
import io.wishbone.signaling.events.OpenFeeds;
import io.wishbone.signaling.events.StreamStatuses;
import io.wishbone.signaling.metrics.SignalingMetrics;
import io.wishbone.store.EmbeddedCaches;
import io.wishbone.store.EventStreamStore;
import io.wishbone.store.LostNodeStore;
import io.wishbone.store.NodeStore;
import io.wishbone.store.Remembered;
import io.wishbone.store.RemoteIce;
import io.wishbone.store.SessionRecord;
import io.wishbone.store.SessionState;
import io.wishbone.store.SessionStore;
import io.wishbone.store.StreamStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.infinispan.commons.api.BasicCache;
import org.junit.jupiter.api.Test;

class NodeEventWatchTest {

  private static final NodeId ALIVE = new NodeId("alive");
  private static final NodeId DEAD = new NodeId("dead");

  private final InProcessCarrier carrier = new InProcessCarrier();
  private long now;

  @Test
  void nodesAreHeardAlthoughAStoreDoesNotAnswer() {
    var answers = new CountDownLatch(1);
    try (var caches = new EmbeddedCaches()) {
      var sessions = new SessionStore(caches.sessions());
      sessions.add(session());
      List<NodeEvent> published = new ArrayList<>();
      var lost =
          new LostNodes(
              sessions,
              new NodeStore(caches.nodes()),
              new LostNodeStore(caches.lostNodes()),
              published::add,
              () -> now);
      var statuses = new StreamStatuses(() -> now);
      var nodes = new NodeStore(waiting(caches.nodes(), answers));
      var feeds = new OpenFeeds(statuses, sessions, new EventStreamStore(caches.eventStreams()));
      var watch =
          new NodeEventWatch(
              carrier,
              new NodeReports(nodes),
              lost,
              new DrainingNodes(nodes, feeds),
              statuses,
              feeds,
              new Restoration(
                  Remembered.NOTHING, sessions, new StreamStore(caches.streams()), () -> false),
              new SessionNotes(Remembered.NOTHING, published::add),
              new SignalingMetrics(new SimpleMeterRegistry()));
      watch.start(new StartupEvent());

      for (int second = 0; second < 40; second++) {
        now += Duration.ofSeconds(1).toNanos();
        beat(ALIVE);
        if (second < 20) {
          beat(DEAD);
        }
        lost.look();
      }

      assertThat(published)
          .containsExactly(
              new SessionEnded(
                  session().id(),
                  session().stream(),
                  session().role(),
                  CloseReason.NODE_LOST,
                  "its node is not heard of any more"));
      answers.countDown();
      watch.stop();
    }
  }

  private void beat(NodeId node) {
    carrier.publish(new NodeHeartbeat(node, "", "", 0, 0, 0, false));
  }

  @SuppressWarnings("unchecked")
  private <V> BasicCache<String, V> waiting(BasicCache<String, V> cache, CountDownLatch answers) {
    return (BasicCache<String, V>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BasicCache.class},
            (_, method, arguments) -> {
              answers.await();
              try {
                return method.invoke(cache, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static SessionRecord session() {
    return new SessionRecord(
        new SessionId("%022d".formatted(1)),
        new StreamName("stream"),
        SessionRole.PUBLISHER,
        DEAD,
        SessionState.OPEN,
        "tag",
        new RemoteIce("ufrag", "password"),
        null,
        Instant.EPOCH);
  }
}
