package io.wishbone.node.io;

import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Opens media loops, and holds what they share: the clock, and the threads that run DTLS.
@Singleton
public final class MediaLoops {
  private static final System.Logger LOGGER = System.getLogger(MediaLoops.class.getName());

  private final Vertx vertx;
  private final LongSupplier clock = new MonotonicClock();

  /// A core is left to media, whatever storm of new sessions there is.
  private final Semaphore offloadPermits =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));

  private final AtomicInteger offloadBacklog = new AtomicInteger();
  private @Nullable Boolean segmentation;

  @Inject
  public MediaLoops(Vertx vertx) {
    this.vertx = vertx;
  }

  /// Binds a channel on the next event loop, and starts a worker behind it. Not to be called on an
  /// event loop.
  public CompletionStage<MediaLoop> open(
      InetSocketAddress bind, SendPath sendPath, WorkerFactory workers) {
    boolean segmented = sendPath.segmented() && isSegmentationThere();
    return MediaLoop.open(
        vertx,
        bind,
        new MediaLoop.Shared(
            clock, offloadPermits, offloadBacklog, segmented, sendPath.gather().toNanos()),
        workers);
  }

  /// Whether the kernel cuts up segmented datagrams. Tried once; not to be called on an event loop.
  public synchronized boolean isSegmentationThere() {
    Boolean known = segmentation;
    if (known == null) {
      known = Segmentation.isThere((VertxInternal) vertx);
      segmentation = known;
      LOGGER.log(
          System.Logger.Level.INFO,
          known
              ? "The kernel cuts up segmented datagrams: viewers are sent many packets at a time"
              : "The kernel does not cut up segmented datagrams: packets are sent one by one");
    }
    return known;
  }

  /// The time that all loops go by.
  public LongSupplier clock() {
    return clock;
  }

  /// How many DTLS steps wait or run.
  public int offloadBacklog() {
    return offloadBacklog.get();
  }
}
