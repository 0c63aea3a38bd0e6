package io.wishbone.node.io;

import io.wishbone.webrtc.transport.Offload;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Runs DTLS steps on virtual threads, a few at a time, and completes them on the event loop.
///
/// A handshake costs milliseconds of CPU: without a bound, a burst of new sessions would take every
/// core from the media. The steps that wait are as many as there are transports in a handshake;
/// [#backlog] tells whoever admits sessions how many those are.
final class VirtualThreadOffload implements Offload {
  private static final System.Logger LOGGER =
      System.getLogger(VirtualThreadOffload.class.getName());

  private final Executor eventLoop;
  private final LongSupplier clock;
  private final Semaphore permits;
  private final AtomicInteger backlog;
  private final AtomicLong failures = new AtomicLong();

  /// @param permits shared by all workers of the node
  /// @param backlog shared by all workers of the node
  VirtualThreadOffload(
      Executor eventLoop, LongSupplier clock, Semaphore permits, AtomicInteger backlog) {
    this.eventLoop = eventLoop;
    this.clock = clock;
    this.permits = permits;
    this.backlog = backlog;
  }

  @Override
  public <T> void run(Supplier<T> work, Completion<T> done) {
    backlog.incrementAndGet();
    Thread.ofVirtual().name("offload").start(() -> runNow(work, done));
  }

  /// Steps that threw, which they never should: their transports wait until they time out.
  long failures() {
    return failures.get();
  }

  /// The completion is queued before the step counts as done: when no step is left, all of them
  /// have been completed, or will be before anything that is asked of the loop later.
  private <T> void runNow(Supplier<T> work, Completion<T> done) {
    permits.acquireUninterruptibly();
    try {
      T result = work.get();
      eventLoop.execute(() -> done.accept(result, clock.getAsLong()));
    } catch (RuntimeException | Error fault) {
      if (failures.getAndIncrement() == 0) {
        LOGGER.log(System.Logger.Level.ERROR, "A step beside the media loop failed", fault);
      }
    } finally {
      permits.release();
      backlog.decrementAndGet();
    }
  }
}
