package io.wishbone.node.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.wishbone.node.io.LoadMeter;
import io.wishbone.node.io.MediaLoop;
import io.wishbone.node.worker.WorkerListener;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Everything that is measured of a node. Where the program has no meters, nothing is.
///
/// All of it has the labels `node`, `region` and `zone`: who collects of many nodes can tell them
/// apart, and add up those of a region. They are the same for as long as the process lives, so
/// there are no more series for them.
@Singleton
public final class NodeMeters {
  private final @Nullable MeterRegistry program;
  private @Nullable MeterRegistry registry;
  private ViewerMeters viewers = new ViewerMeters(null);
  private @Nullable LoopMeters loopMeters;
  private @Nullable CensusTaker taker;

  @Inject
  NodeMeters(Instance<MeterRegistry> registry) {
    this(registry.isResolvable() ? registry.get() : null);
  }

  NodeMeters(@Nullable MeterRegistry program) {
    this.program = program;
  }

  /// Where nothing is measured.
  public static NodeMeters none() {
    return new NodeMeters((MeterRegistry) null);
  }

  /// Says whose meters these are. Once, before anything is measured.
  ///
  /// @param region empty where it is not known, as the zone
  public void name(String node, String region, String zone) {
    if (program != null) {
      var named = new CompositeMeterRegistry(Clock.SYSTEM, List.of(program));
      named.config().commonTags("node", node, "region", region, "zone", zone);
      registry = named;
      viewers = new ViewerMeters(named);
    }
  }

  /// Where the program that contains the node registers what it measures of it besides, once it is
  /// named.
  public Optional<MeterRegistry> registry() {
    return Optional.ofNullable(registry);
  }

  /// Measures what a worker tells its listener.
  public WorkerListener measure(WorkerListener listener) {
    return viewers.measure(listener);
  }

  /// The ICE and DTLS of a session were completed.
  public void connected(String role) {
    if (registry != null) {
      Counter.builder("wishbone.sessions.connected")
          .description("Sessions whose ICE and DTLS were completed")
          .tag("role", role)
          .register(registry)
          .increment();
    }
  }

  /// A session ended. Each label has as many values as its enum, and no more.
  public void ended(String role, String reason, String verdict) {
    if (registry != null) {
      Counter.builder("wishbone.sessions.ended")
          .description("Sessions that ended, why, and what was wrong with them")
          .tag("role", role)
          .tag("reason", reason)
          .tag("verdict", verdict)
          .register(registry)
          .increment();
    }
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
