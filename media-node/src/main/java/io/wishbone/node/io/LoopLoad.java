package io.wishbone.node.io;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.AtomicLong;

/// How much one loop has had to do so far. Written on its event loop, read from any thread.
///
/// Two things are measured, and the larger one counts: the time from the first datagram of a turn
/// to its end, which a processor that others have taken away makes longer; and the processor time
/// of the event loop's thread, which contains what the kernel does for it between the turns.
final class LoopLoad {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long IDLE = Long.MIN_VALUE;

  private final AtomicLong received = new AtomicLong();
  private final AtomicLong turnNanos = new AtomicLong();
  private final long threadId;
  private long turnBeganNanos = IDLE;

  /// The load of the loop whose thread this is called on.
  LoopLoad() {
    threadId = Thread.currentThread().threadId();
  }

  /// A turn begins, unless it has begun already.
  void begin(long nowNanos) {
    if (turnBeganNanos == IDLE) {
      turnBeganNanos = nowNanos;
    }
  }

  /// A datagram was received.
  void received() {
    received.setPlain(received.getPlain() + 1);
  }

  /// The turn is over.
  void end(long nowNanos) {
    if (turnBeganNanos != IDLE) {
      turnNanos.setRelease(turnNanos.getPlain() + nowNanos - turnBeganNanos);
      turnBeganNanos = IDLE;
    }
  }

  long receivedSoFar() {
    return received.getAcquire();
  }

  /// Nanoseconds in turns.
  long turnNanos() {
    return turnNanos.getAcquire();
  }

  /// Nanoseconds of processor time, 0 where they are not told.
  long processorNanos() {
    return THREADS.isThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled()
        ? Math.max(0, THREADS.getThreadCpuTime(threadId))
        : 0;
  }
}
