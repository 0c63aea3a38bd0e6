package io.wishbone.node.io;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;

/// How much a node has to do: what its loops have counted, over the last interval. Safe for use by
/// many threads.
public final class LoadMeter {
  /// Nobody learns anything from less.
  private static final long SHORTEST_NANOS = 500_000_000L;

  private final List<MediaLoop> loops;
  private final LongSupplier clock;
  private List<Counted> before;
  private long beforeNanos;
  private Load load;

  /// How much there was to do.
  ///
  /// @param packetsPerSecond received and sent, by all workers
  /// @param headroom the share of its time that the busiest worker had left, 0 to 1
  /// @param headrooms the same of each worker
  public record Load(long packetsPerSecond, double headroom, List<Double> headrooms) {
    public Load {
      headrooms = List.copyOf(headrooms);
    }
  }

  /// What a loop has counted up to a moment.
  record Counted(long packets, long turnNanos, long processorNanos) {

    /// The share of this time that the loop was busy, 0 to 1.
    double busy(Counted earlier, long elapsedNanos) {
      long busy = Math.max(turnNanos - earlier.turnNanos, processorNanos - earlier.processorNanos);
      return Math.clamp((double) busy / elapsedNanos, 0, 1);
    }
  }

  public LoadMeter(List<MediaLoop> loops) {
    this(loops, new MonotonicClock());
  }

  LoadMeter(List<MediaLoop> loops, LongSupplier clock) {
    this.loops = List.copyOf(loops);
    this.clock = clock;
    this.before = count();
    this.load = new Load(0, 1, Collections.nCopies(before.size(), 1.0));
    this.beforeNanos = clock.getAsLong();
  }

  private List<Counted> count() {
    List<Counted> counted = new ArrayList<>();
    for (MediaLoop loop : loops) {
      counted.add(loop.counted());
    }
    return counted;
  }

  /// The load since the last question, or the one that was told last if that was just now.
  public synchronized Load load() {
    long now = clock.getAsLong();
    long elapsed = now - beforeNanos;
    if (elapsed >= SHORTEST_NANOS) {
      List<Counted> counted = count();
      load = between(before, counted, elapsed);
      before = counted;
      beforeNanos = now;
    }
    return load;
  }

  /// What [#load] has said last.
  public synchronized Load latest() {
    return load;
  }

  static Load between(List<Counted> before, List<Counted> after, long elapsedNanos) {
    long packets = 0;
    double headroom = 1;
    List<Double> headrooms = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      packets += after.get(i).packets() - before.get(i).packets();
      double left = 1 - after.get(i).busy(before.get(i), elapsedNanos);
      headrooms.add(left);
      headroom = Math.min(headroom, left);
    }
    long packetsPerSecond = Math.round(packets * 1e9 / elapsedNanos);
    return new Load(packetsPerSecond, headroom, headrooms);
  }
}
