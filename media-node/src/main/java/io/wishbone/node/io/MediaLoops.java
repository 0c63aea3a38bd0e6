package io.wishbone.node.io;

import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// Opens media loops, and holds what they share: the clock, and the threads that run DTLS.
@Singleton
public final class MediaLoops {
  private final Vertx vertx;
  private final LongSupplier clock = new MonotonicClock();
  private final Semaphore offloadPermits =
      new Semaphore(Runtime.getRuntime().availableProcessors());
  private final AtomicInteger offloadBacklog = new AtomicInteger();

  @Inject
  public MediaLoops(Vertx vertx) {
    this.vertx = vertx;
  }

  /// Binds a channel on the next event loop, and starts a worker behind it.
  public CompletionStage<MediaLoop> open(InetSocketAddress bind, WorkerFactory workers) {
    return MediaLoop.open(
        vertx, bind, new MediaLoop.Shared(clock, offloadPermits, offloadBacklog), workers);
  }

  /// How many DTLS steps wait or run.
  public int offloadBacklog() {
    return offloadBacklog.get();
  }
}
