package io.wishbone.it.quality;

import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// One direction of a path: loses, delays, and lets pass only so much, by a queue that drops at its
/// end. Which datagrams are lost follows from the seed.
public final class Link {
  /// Of IPv4 and UDP.
  private static final int HEADER_BYTES = 28;

  private static final long SECOND = 1_000_000_000L;

  private final SplittableRandom random;
  private final ScheduledExecutorService timer;
  private Conditions conditions;
  private long idleNanos;
  private long carried;
  private long carriedBytes;
  private long lost;
  private long overflowed;

  Link(Conditions conditions, long seed, ScheduledExecutorService timer) {
    this.conditions = conditions;
    this.random = new SplittableRandom(seed);
    this.timer = timer;
    this.idleNanos = System.nanoTime();
  }

  public synchronized void change(Conditions next) {
    conditions = next;
  }

  /// Lets a datagram go through, which is `arrive` at the other end; or not.
  synchronized void carry(int bytes, Runnable arrive) {
    long now = System.nanoTime();
    if (random.nextDouble() < conditions.loss()) {
      lost++;
      return;
    }
    long leaves = now;
    if (conditions.bitsPerSecond() > 0) {
      long begins = Math.max(now, idleNanos);
      if (begins - now > conditions.queueMillis() * 1_000_000) {
        overflowed++;
        return;
      }
      leaves = begins + (bytes + HEADER_BYTES) * 8L * SECOND / conditions.bitsPerSecond();
      idleNanos = leaves;
    }
    carried++;
    carriedBytes += bytes + HEADER_BYTES;
    long wait = leaves - now + conditions.delayMillis() * 1_000_000;
    if (wait == 0) {
      arrive.run();
    } else {
      timer.schedule(arrive, wait, TimeUnit.NANOSECONDS);
    }
  }

  /// Bytes that went through so far, of IP and UDP as well.
  synchronized long carriedBytes() {
    return carriedBytes;
  }

  /// The share of all datagrams that was lost on the way.
  public synchronized double lostShare() {
    return (double) lost / Math.max(1, carried + lost + overflowed);
  }

  /// The share of all datagrams that found the queue full.
  synchronized double overflowedShare() {
    return (double) overflowed / Math.max(1, carried + lost + overflowed);
  }
}
