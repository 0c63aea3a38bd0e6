package io.wishbone.node.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.wishbone.node.io.LoadMeter;
import io.wishbone.node.io.MediaLoop;
import io.wishbone.node.worker.WorkerListener;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Everything that is measured of a node. Where the program has no meters, nothing is.
@Singleton
public final class NodeMeters {
  private final @Nullable MeterRegistry registry;
  private final ViewerMeters viewers;
  private @Nullable LoopMeters loopMeters;
  private @Nullable CensusTaker taker;

  @Inject
  NodeMeters(Instance<MeterRegistry> registry) {
    this(registry.isResolvable() ? registry.get() : null);
  }

  NodeMeters(@Nullable MeterRegistry registry) {
    this.registry = registry;
    this.viewers = new ViewerMeters(registry);
  }

  /// Where nothing is measured.
  public static NodeMeters none() {
    return new NodeMeters((MeterRegistry) null);
  }

  /// Measures what a worker tells its listener.
  public WorkerListener measure(WorkerListener listener) {
    return viewers.measure(listener);
  }

  /// Begins to look at the workers.
  ///
  /// @param loops one a worker
  /// @param load how busy they are
  public void start(List<MediaLoop> loops, Supplier<LoadMeter.Load> load) {
    if (registry != null) {
      loopMeters = new LoopMeters(loops, load);
      loopMeters.register(registry);
      taker = new CensusTaker(loops, new SessionMeters(loops.size(), registry));
      taker.start();
    }
  }

  public void stop() {
    if (taker != null) {
      taker.stop();
    }
  }
}
