package io.wishbone.webrtc.sim;

import java.util.random.RandomGenerator;

/// One direction between two sockets: decides when, and whether, a datagram arrives.
final class SimLink {
  static final long LOST = Long.MIN_VALUE;

  private LinkConditions conditions;
  private SimBottleneck bottleneck;
  private boolean bad;
  private long lastArrival = Long.MIN_VALUE;

  SimLink(LinkConditions conditions) {
    this.conditions = conditions;
    this.bottleneck = bottleneckOf(conditions);
  }

  private static SimBottleneck bottleneckOf(LinkConditions conditions) {
    return new SimBottleneck(conditions.bitsPerSecond(), conditions.queueBytes());
  }

  /// Shares a bottleneck with other links, until its conditions change.
  void share(SimBottleneck shared) {
    bottleneck = shared;
  }

  void conditions(LinkConditions next) {
    if (next.bitsPerSecond() != conditions.bitsPerSecond()
        || next.queueBytes() != conditions.queueBytes()) {
      bottleneck = bottleneckOf(next);
    }
    conditions = next;
  }

  boolean duplicates(RandomGenerator random) {
    return conditions.duplication() > 0 && random.nextDouble() < conditions.duplication();
  }

  /// The time of arrival of a datagram that is sent now, or [#LOST].
  long arrival(int bytes, long nowNanos, RandomGenerator random) {
    if (conditions.loss() > 0 && loses(random)) {
      return LOST;
    }
    long departure = bottleneck.departure(bytes, nowNanos);
    if (departure == LOST) {
      return LOST;
    }
    long jitter = conditions.jitter().toNanos();
    long arrival =
        departure + conditions.delay().toNanos() + (jitter > 0 ? random.nextLong(jitter) : 0);
    if (conditions.reordering() > 0 && random.nextDouble() < conditions.reordering()) {
      return arrival + conditions.delay().toNanos() + jitter;
    }
    lastArrival = Math.max(lastArrival, arrival);
    return lastArrival;
  }

  private boolean loses(RandomGenerator random) {
    double loss = conditions.loss();
    if (conditions.burst() <= 1) {
      return random.nextDouble() < loss;
    }
    double leave = 1 / conditions.burst();
    double enter = leave * loss / (1 - loss);
    bad = bad ? random.nextDouble() >= leave : random.nextDouble() < enter;
    return bad;
  }
}
