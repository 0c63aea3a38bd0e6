package io.wishbone.signaling.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import io.wishbone.store.NodeRecord;
import io.wishbone.store.NodeStore;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Looks into the store every five seconds, as requests do: how long that takes, whether it works,
/// and which nodes are there. A virtual thread does it, for the store may wait.
///
/// What is shown of nodes is the same at every signalling server: take the maximum, not the sum.
@Singleton
final class StoreHealth {

  private static final Logger LOG = Logger.getLogger(StoreHealth.class);
  private static final long INTERVAL_MILLIS = 5_000;

  private final NodeStore nodes;
  private final Timer times;
  private final MultiGauge sessions;
  private final MultiGauge capacity;
  private final MultiGauge headroom;
  private final MultiGauge packets;
  private final MultiGauge draining;
  private volatile boolean up;
  private @Nullable Thread thread;

  StoreHealth(NodeStore nodes, MeterRegistry registry) {
    this.nodes = nodes;
    Gauge.builder("wishbone.store.up", this, health -> health.up ? 1 : 0)
        .description("1 when the last look into the session store succeeded, else 0")
        .register(registry);
    times =
        Timer.builder("wishbone.store.look")
            .description("How long a look into the session store takes")
            .register(registry);
    sessions = gauges("wishbone.node.sessions", "Sessions of a media node", registry);
    capacity =
        gauges("wishbone.node.capacity", "Sessions that a node takes, 0 for no limit", registry);
    headroom =
        gauges(
            "wishbone.node.headroom",
            "Share of its time that a node's busiest worker has left, 0 to 1",
            registry);
    packets = gauges("wishbone.node.packets.rate", "Packets a second, received and sent", registry);
    draining =
        gauges("wishbone.node.draining", "1 for a node that takes no new sessions", registry);
  }

  private static MultiGauge gauges(String name, String description, MeterRegistry registry) {
    return MultiGauge.builder(name).description(description).register(registry);
  }

  void start(@Observes StartupEvent event) {
    thread = Thread.ofVirtual().name("store-health").start(this::lookAgainAndAgain);
  }

  @PreDestroy
  void stop() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void lookAgainAndAgain() {
    try {
      while (true) {
        look();
        TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
      }
    } catch (InterruptedException _) {
      LOG.debug("The store is not looked at any more");
    }
  }

  private void look() {
    long start = System.nanoTime();
    try {
      show(nodes.all());
      if (!up) {
        LOG.debug("The session store is reached");
      }
      up = true;
    } catch (RuntimeException | Error failure) {
      if (up) {
        LOG.warnf("The session store cannot be reached: %s", failure);
      }
      up = false;
    } finally {
      times.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }
  }

  private void show(List<NodeRecord> all) {
    List<Row<?>> counts = new ArrayList<>();
    for (NodeRecord node : all) {
      counts.add(Row.of(tags(node).and("role", "publisher"), node.publishers()));
      counts.add(Row.of(tags(node).and("role", "subscriber"), node.subscribers()));
    }
    sessions.register(counts, true);
    capacity.register(rows(all, node -> node.capacity()), true);
    headroom.register(rows(all, node -> node.headroom()), true);
    packets.register(rows(all, node -> node.packetsPerSecond()), true);
    draining.register(rows(all, node -> node.draining() ? 1 : 0), true);
  }

  private static List<Row<?>> rows(List<NodeRecord> all, ToDoubleFunction<NodeRecord> value) {
    List<Row<?>> rows = new ArrayList<>();
    all.forEach(node -> rows.add(Row.of(tags(node), value.applyAsDouble(node))));
    return rows;
  }

  private static Tags tags(NodeRecord node) {
    return Tags.of("node", node.node().value(), "region", node.region(), "zone", node.zone());
  }
}
