package io.wishbone.webrtc.bwe;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// When to probe, and at which rate.
///
/// - At the start, at three and six times the start bitrate; after a probe that passed, at twice
///   that, until one does not.
/// - While more is wished for than the estimate allows, every five seconds: at twice the estimate
///   when less is sent than may be (see [ApplicationLimit]); at one and a half times the estimate
///   when that has not had to fall for ten seconds. Who shares a bottleneck has to fall more often,
///   and so leaves the others in peace.
/// - Three seconds after the estimate fell by a third or more, at 85 % of what it was; again after
///   a second each, four times at most, until that has shown something: where packets are lost, a
///   probe may be lost as well.
///
/// One that has shown nothing, since what was sent before it had not passed yet, is repeated, three
/// times at most: so it is at the start, when the past goes out first.
///
/// Never above what is wished for: what nobody sends need not be known to pass.
final class ProbeControl {

  private static final long SECOND = 1_000_000_000L;
  private static final long INTERVAL_NANOS = 5 * SECOND;
  private static final long QUIET_NANOS = 10 * SECOND;
  private static final long AFTER_DROP_NANOS = 3 * SECOND;
  private static final long PATIENCE_NANOS = SECOND;
  private static final int ATTEMPTS = 4;
  private static final int REPETITIONS = 3;
  private static final double PASSED = 0.7;
  private static final double LARGE_DROP = 0.66;
  private static final double OF_BEFORE = 0.85;

  /// Above the wish, since a probe shows somewhat less than its rate.
  private static final double ABOVE_WISH = 1.2;

  private static final int MAX_WAITING = 4;

  private final BitrateLimits limits;
  private final ArrayDeque<ProbeCluster> waiting = new ArrayDeque<>();
  private int lastId;
  private boolean started;
  private long wish;
  private long furtherAbove = Long.MAX_VALUE;
  private long probedNanos;
  private long droppedNanos;
  private long decreasedNanos;
  private double beforeDrop;
  private int attempts;
  private double highest;
  private double target;
  private int repetitions;

  ProbeControl(BitrateLimits limits) {
    this.limits = limits;
    this.wish = limits.max();
  }

  void onWish(long bitsPerSecond) {
    wish = bitsPerSecond;
  }

  /// Looks after the time; `applicationLimited` is whether less is sent than the estimate.
  void onTime(double estimate, boolean applicationLimited, Usage usage, long nowNanos) {
    if (!started) {
      started = true;
      decreasedNanos = nowNanos;
      probe(3.0 * limits.start(), nowNanos);
      probe(6.0 * limits.start(), nowNanos);
      return;
    }
    if (nowNanos - probedNanos > PATIENCE_NANOS) {
      furtherAbove = Long.MAX_VALUE;
    }
    if (usage != Usage.NORMAL) {
      return;
    }
    if (beforeDrop > 0 && nowNanos - droppedNanos >= AFTER_DROP_NANOS) {
      double before = OF_BEFORE * beforeDrop;
      attempts++;
      droppedNanos = nowNanos - AFTER_DROP_NANOS + PATIENCE_NANOS;
      if (attempts == ATTEMPTS || before <= 1.1 * estimate) {
        beforeDrop = 0;
      }
      if (before > 1.1 * estimate) {
        probe(before, nowNanos);
        return;
      }
    }
    boolean quiet = nowNanos - decreasedNanos >= QUIET_NANOS;
    if (estimate < wish
        && (applicationLimited || quiet)
        && nowNanos - probedNanos >= INTERVAL_NANOS) {
      probe((applicationLimited ? 2 : 1.5) * estimate, nowNanos);
    }
  }

  /// The estimate fell on overuse.
  void onDrop(double from, double to, long nowNanos) {
    decreasedNanos = nowNanos;
    highest = Math.max(highest, from);
    if (to < LARGE_DROP * highest) {
      beforeDrop = Math.max(beforeDrop, highest); // it may fall in several steps
      attempts = 0;
      droppedNanos = nowNanos;
      highest = 0;
    }
  }

  /// The estimate rose: what it was long ago does not matter any more.
  void onRise(double estimate) {
    highest = estimate;
  }

  /// A cluster measured this.
  void onResult(long bitsPerSecond, long nowNanos) {
    if (attempts > 0) {
      beforeDrop = 0;
    }
    if (bitsPerSecond > furtherAbove) {
      probe(2.0 * bitsPerSecond, nowNanos);
    }
  }

  /// A cluster arrived, but has shown nothing.
  ///
  /// @param estimate bits a second
  void onUnclear(double estimate, long nowNanos) {
    if (repetitions < REPETITIONS && waiting.isEmpty() && Math.min(target, useful()) > estimate) {
      int repeated = repetitions + 1;
      probe(target, nowNanos);
      repetitions = repeated;
    }
  }

  private void probe(double wanted, long nowNanos) {
    target = wanted;
    repetitions = 0;
    double useful = useful();
    long bitrate = (long) Math.min(target, useful);
    if (waiting.size() == MAX_WAITING || bitrate <= 0) {
      return;
    }
    lastId = lastId == Integer.MAX_VALUE ? 1 : lastId + 1;
    waiting.add(ProbeCluster.of(lastId, bitrate));
    probedNanos = nowNanos;
    furtherAbove = target < useful ? (long) (PASSED * bitrate) : Long.MAX_VALUE;
  }

  /// What nobody sends need not be known to pass.
  private double useful() {
    return Math.min((double) limits.max(), ABOVE_WISH * wish);
  }

  @Nullable ProbeCluster poll() {
    return waiting.poll();
  }
}
