package io.wishbone.webrtc.sim;

import java.util.random.RandomGenerator;

/// One direction between two sockets: decides when, and whether, a datagram arrives.
final class SimLink {
  static final long LOST = Long.MIN_VALUE;

  private LinkConditions conditions;
  private long bottleneckFreeAt = Long.MIN_VALUE;
  private long lastArrival = Long.MIN_VALUE;

  SimLink(LinkConditions conditions) {
    this.conditions = conditions;
  }

  void conditions(LinkConditions next) {
    conditions = next;
  }

  boolean duplicates(RandomGenerator random) {
    return conditions.duplication() > 0 && random.nextDouble() < conditions.duplication();
  }

  /// The time of arrival of a datagram that is sent now, or [#LOST].
  long arrival(int bytes, long nowNanos, RandomGenerator random) {
    if (conditions.loss() > 0 && random.nextDouble() < conditions.loss()) {
      return LOST;
    }
    long departure = nowNanos;
    if (conditions.bitsPerSecond() > 0) {
      long start = Math.max(nowNanos, bottleneckFreeAt);
      long queuedBytes = (start - nowNanos) * conditions.bitsPerSecond() / 8 / 1_000_000_000L;
      if (queuedBytes + bytes > conditions.queueBytes()) {
        return LOST;
      }
      departure = start + bytes * 8L * 1_000_000_000L / conditions.bitsPerSecond();
      bottleneckFreeAt = departure;
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
}
