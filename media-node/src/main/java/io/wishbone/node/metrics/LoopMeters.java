package io.wishbone.node.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.wishbone.node.io.LoadMeter;
import io.wishbone.node.io.MediaLoop;
import io.wishbone.node.io.SendCounters;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// What the loops count themselves, for whoever reads it: datagrams, runs, time left.
final class LoopMeters {
  private final List<MediaLoop> loops;
  private final Supplier<LoadMeter.Load> load;

  /// It has to be held on to: a registry does not.
  LoopMeters(List<MediaLoop> loops, Supplier<LoadMeter.Load> load) {
    this.loops = List.copyOf(loops);
    this.load = load;
  }

  void register(MeterRegistry registry) {
    counter(registry, "received", "Datagrams received", MediaLoop::received);
    counter(registry, "sent", "Datagrams sent", loop -> loop.sent().packets());
    counter(registry, "sent.bytes", "Bytes in datagrams sent", loop -> loop.sent().bytes());
    counter(
        registry,
        "unsent",
        "Datagrams that the socket did not take in time",
        loop -> loop.sent().dropped());
    counter(
        registry,
        "segmented",
        "Datagrams that left within a segmented one",
        loop -> loop.sent().segmentedPackets());
    FunctionCounter.builder(
            "wishbone.send.flushes", this, meters -> meters.sum(loop -> loop.sent().flushes()))
        .description("How often a socket was given all that waited")
        .register(registry);
    FunctionCounter.builder(
            "wishbone.send.refused", this, meters -> meters.sum(loop -> loop.sent().refusedRuns()))
        .description("Segmented datagrams that the kernel did not take")
        .register(registry);
    runs(registry);
    for (int i = 0; i < loops.size(); i++) {
      int worker = i;
      Gauge.builder("wishbone.worker.headroom", this, meters -> meters.headroom(worker))
          .description("Share of its time that a worker of this node has left, 0 to 1")
          .tag("worker", Integer.toString(worker))
          .register(registry);
    }
  }

  private void counter(
      MeterRegistry registry, String what, String description, ToDoubleFunction<MediaLoop> count) {
    FunctionCounter.builder("wishbone.datagrams." + what, this, meters -> meters.sum(count))
        .description(description)
        .register(registry);
  }

  private void runs(MeterRegistry registry) {
    int[] limits = SendCounters.runLimits();
    for (int i = 0; i < limits.length; i++) {
      int size = i;
      FunctionCounter.builder(
              "wishbone.send.runs", this, meters -> meters.sum(loop -> loop.sent().runs()[size]))
          .description("Packets for one viewer that left together, by up to how many they were")
          .tag("packets", Integer.toString(limits[i]))
          .register(registry);
    }
  }

  private double headroom(int worker) {
    List<Double> headrooms = load.get().headrooms();
    return worker < headrooms.size() ? headrooms.get(worker) : 1;
  }

  private double sum(ToDoubleFunction<MediaLoop> count) {
    double sum = 0;
    for (MediaLoop loop : loops) {
      sum += count.applyAsDouble(loop);
    }
    return sum;
  }
}
