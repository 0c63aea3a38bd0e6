package io.wishbone.node.io;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.wishbone.node.worker.MediaWorker;
import io.wishbone.node.worker.RelaySocket;
import io.wishbone.node.worker.RelaySockets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Runs one [MediaWorker] on one event loop: reads its datagrams, wakes it when a timeout is due,
/// and sends what it queued once per turn.
public final class MediaLoop {
  private static final System.Logger LOGGER = System.getLogger(MediaLoop.class.getName());

  /// Timeouts that are closer together than this share a wake-up.
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final EventLoop eventLoop;
  private final LongSupplier clock;
  private final long gatherNanos;
  private @Nullable Channel channel;
  private @Nullable SendArena arena;
  private volatile @Nullable SendCounters counters;
  private volatile @Nullable LoopLoad load;
  private @Nullable MediaWorker worker;
  private @Nullable ScheduledFuture<?> wakeUp;
  private long wakeUpNanos = Long.MAX_VALUE;
  private boolean gathers;
  private final Set<RelayChannel> relayChannels = new HashSet<>();
  private long failures;

  /// A turn of the loop with the worker at hand.
  @FunctionalInterface
  public interface Turn {
    void run(MediaWorker worker, long nowNanos);
  }

  private MediaLoop(EventLoop eventLoop, LongSupplier clock, long gatherNanos) {
    this.eventLoop = eventLoop;
    this.clock = clock;
    this.gatherNanos = gatherNanos;
  }

  /// What all loops of a node share.
  ///
  /// @param offloadPermits how many DTLS steps run at a time
  /// @param offloadBacklog how many DTLS steps wait or run
  /// @param segmented whether channels take segmented datagrams
  /// @param gatherNanos how long packets wait for others before they are forwarded together; with 0
  ///   they are forwarded in the turn in which they came
  record Shared(
      LongSupplier clock,
      Semaphore offloadPermits,
      AtomicInteger offloadBacklog,
      boolean segmented,
      long gatherNanos) {}

  /// Binds a channel on the next event loop, and starts a worker behind it.
  static CompletionStage<MediaLoop> open(
      Vertx vertx, InetSocketAddress bind, Shared shared, WorkerFactory workers) {
    var internal = (VertxInternal) vertx;
    EventLoop eventLoop = internal.createEventLoopContext().nettyEventLoop();
    var loop = new MediaLoop(eventLoop, shared.clock(), shared.gatherNanos());
    var opened = new CompletableFuture<MediaLoop>();
    ChannelFuture bound =
        DatagramChannels.open(
            internal, eventLoop, bind, new DatagramHandler(loop::received, loop::endTurn));
    bound.addListener(outcome -> {
      if (outcome.isSuccess()) {
        loop.start(internal, bound.channel(), shared, workers, opened);
      } else {
        opened.completeExceptionally(outcome.cause());
      }
    });
    return opened;
  }

  private void start(
      VertxInternal vertx,
      Channel bound,
      Shared shared,
      WorkerFactory workers,
      CompletableFuture<MediaLoop> opened) {
    var outbox = new SendArena(bound, shared.segmented());
    counters = outbox.counters();
    load = new LoopLoad();
    channel = bound;
    arena = outbox;
    var offload =
        new VirtualThreadOffload(
            task -> eventLoop.execute(() -> turn(task)),
            clock,
            shared.offloadPermits(),
            shared.offloadBacklog());
    try {
      var local = (InetSocketAddress) bound.localAddress();
      worker =
          workers.create(
              outbox, offload, local, receiver -> openRelay(vertx, local.getAddress(), receiver));
      opened.complete(this);
    } catch (RuntimeException | Error fault) {
      // Netty would log it, and whoever waits for the loop would wait for ever.
      close().whenComplete((_, _) -> opened.completeExceptionally(fault));
    }
  }

  private RelaySocket openRelay(
      VertxInternal vertx, InetAddress host, RelaySockets.Receiver receiver) {
    var handler =
        new DatagramHandler(
            (buffer, offset, length, from) ->
                receivedByRelay(receiver, buffer, offset, length, from),
            this::endTurn);
    RelayChannel opened =
        RelayChannel.open(
            vertx, eventLoop, new InetSocketAddress(host, 0), handler, relayChannels::remove);
    relayChannels.add(opened);
    return opened;
  }

  private void receivedByRelay(
      RelaySockets.Receiver receiver,
      ByteBuffer buffer,
      int offset,
      int length,
      InetSocketAddress from) {
    if (worker == null) {
      return;
    }
    try {
      long now = clock.getAsLong();
      arrived(now);
      receiver.receive(buffer, offset, length, from, now);
    } catch (RuntimeException failure) {
      survived(failure);
    }
  }

  /// Runs a turn on the worker's event loop. Safe to call from any thread; silently not run once
  /// the loop is closed.
  public void execute(Turn turn) {
    eventLoop.execute(() -> {
      MediaWorker running = worker;
      if (running != null) {
        turn(() -> turn.run(running, clock.getAsLong()));
      }
    });
  }

  /// What was sent so far, and in which pieces. Safe to call from any thread.
  public SendCounters.Snapshot sent() {
    SendCounters present = counters;
    return present == null ? new SendCounters().snapshot() : present.snapshot();
  }

  /// Datagrams received so far. Safe to call from any thread.
  public long received() {
    LoopLoad present = load;
    return present == null ? 0 : present.receivedSoFar();
  }

  /// What there was to do so far. Safe to call from any thread.
  LoadMeter.Counted counted() {
    LoopLoad present = load;
    return present == null
        ? new LoadMeter.Counted(0, 0, 0)
        : new LoadMeter.Counted(
            present.receivedSoFar() + sent().packets(),
            present.turnNanos(),
            present.processorNanos());
  }

  /// Completes when everything that was asked of the loop before has been done.
  public CompletionStage<Void> idle() {
    return CompletableFuture.runAsync(() -> {}, eventLoop);
  }

  /// Closes the channel after what is queued was sent. Sessions are not told: whoever stops a node
  /// closes them first.
  public CompletionStage<Void> close() {
    var closed = new CompletableFuture<Void>();
    eventLoop.execute(() -> {
      deliver();
      worker = null;
      if (wakeUp != null) {
        wakeUp.cancel(false);
      }
      Channel open = channel;
      SendArena outbox = arena;
      if (open == null || outbox == null) {
        closed.complete(null);
        return;
      }
      channel = null;
      arena = null;
      outbox.flush();
      List.copyOf(relayChannels).forEach(RelayChannel::closeNow);
      open.close()
          .addListener(outcome -> {
            outbox.close();
            closed.complete(null);
          });
    });
    return closed;
  }

  private void received(ByteBuffer buffer, int offset, int length, InetSocketAddress from) {
    MediaWorker running = worker;
    if (running == null) {
      return;
    }
    try {
      long now = clock.getAsLong();
      arrived(now);
      running.handleDatagram(buffer, offset, length, from, now);
    } catch (RuntimeException failure) {
      survived(failure);
    }
  }

  private void arrived(long nowNanos) {
    LoopLoad present = load;
    if (present != null) {
      present.begin(nowNanos);
      present.received();
    }
  }

  private void turn(Runnable work) {
    if (worker == null) {
      return;
    }
    LoopLoad present = load;
    if (present != null) {
      present.begin(clock.getAsLong());
    }
    try {
      work.run();
    } catch (RuntimeException failure) {
      survived(failure);
    }
    endTurn();
  }

  /// Sends what the turn has left, and forwards what publishers sent, or lets it wait for more of
  /// it. Nothing else waits.
  private void endTurn() {
    if (gatherNanos == 0) {
      deliver();
    } else if (!gathers && worker != null && worker.hasGathered()) {
      gathers = true;
      eventLoop.schedule(this::endGathering, gatherNanos, TimeUnit.NANOSECONDS);
    }
    if (arena != null) {
      arena.flush();
    }
    scheduleWakeUp();
    LoopLoad present = load;
    if (present != null) {
      present.end(clock.getAsLong());
    }
  }

  private void endGathering() {
    gathers = false;
    turn(this::deliver);
  }

  private void deliver() {
    MediaWorker running = worker;
    if (running == null || !running.hasGathered()) {
      return;
    }
    try {
      running.deliver();
    } catch (RuntimeException failure) {
      survived(failure);
    }
  }

  private void scheduleWakeUp() {
    if (worker == null) {
      return;
    }
    long next = worker.nextTimeoutNanos();
    if (next == Long.MAX_VALUE || next >= wakeUpNanos - TICK_NANOS) {
      return;
    }
    if (wakeUp != null) {
      wakeUp.cancel(false);
    }
    long delay = Math.max(TICK_NANOS, next - clock.getAsLong());
    wakeUpNanos = clock.getAsLong() + delay;
    wakeUp = eventLoop.schedule(this::wakeUp, delay, TimeUnit.NANOSECONDS);
  }

  private void wakeUp() {
    wakeUp = null;
    wakeUpNanos = Long.MAX_VALUE;
    MediaWorker running = worker;
    if (running != null) {
      turn(() -> running.handleTimeout(clock.getAsLong()));
    }
  }

  /// Nothing that a peer sends may end a worker. What gets here is a fault of ours: it costs the
  /// turn, is counted, and is logged as long as there are few.
  private void survived(RuntimeException failure) {
    failures++;
    if (failures <= 10 || failures % 1000 == 0) {
      LOGGER.log(System.Logger.Level.ERROR, "A turn of the media loop failed", failure);
    }
  }
}
