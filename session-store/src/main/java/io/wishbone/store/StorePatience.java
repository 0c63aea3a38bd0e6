package io.wishbone.store;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How long a request waits for a store that is elsewhere, all of its operations taken together.
/// Each of them ends by itself, but a POST makes a dozen, one after the other: while a server
/// stands still, that would take many times as long as anybody waits.
///
/// It is bound to the thread that serves the request. Only the time in operations counts: what else
/// a request waits for has limits of its own. When it is over, every operation fails at once. Work
/// that a request leaves to other threads is not bound by it.
public final class StorePatience {

  /// A request that needs the store is answered in about two seconds.
  public static final Duration OF_REQUESTS = Duration.ofMillis(1_800);

  private static final ScopedValue<StorePatience> CURRENT = ScopedValue.newInstance();

  private final LongSupplier clock;

  /// Nanoseconds. Of one thread.
  private long left;

  private StorePatience(Duration longest, LongSupplier clock) {
    this.clock = clock;
    this.left = longest.toNanos();
  }

  /// Serves a request, which waits for the store for [#OF_REQUESTS] in all.
  public static <T extends @Nullable Object> T inRequest(Supplier<T> request) {
    return within(OF_REQUESTS, System::nanoTime, request);
  }

  /// Does something that waits for the store for so long in all.
  ///
  /// @param clock nanoseconds
  public static <T extends @Nullable Object> T within(
      Duration longest, LongSupplier clock, Supplier<T> work) {
    return ScopedValue.where(CURRENT, new StorePatience(longest, clock)).call(work::get);
  }

  /// Does an operation, and waits for it as [#await] does. It may go on when nobody waits for it
  /// any more.
  ///
  /// @throws StoreUnavailableException when time is over; if it was over before, nothing is done
  /// @throws ExecutionException when the operation fails
  public static <T extends @Nullable Object> T call(Callable<T> operation)
      throws ExecutionException {
    var task = new FutureTask<T>(operation);
    if (!CURRENT.isBound()) {
      task.run();
      return await(task);
    }
    StorePatience patience = CURRENT.get();
    if (patience.left <= 0) {
      throw impatient();
    }
    long start = patience.clock.getAsLong();
    Thread.ofVirtual().name("store-operation").start(task);
    return await(() -> patience.awaitSince(start, task));
  }

  /// Waits for an operation: no longer than the request may that this thread serves, however long
  /// it takes on any other thread.
  ///
  /// @throws StoreUnavailableException when time is over, or the process is stopping
  /// @throws ExecutionException when the operation fails
  public static <T extends @Nullable Object> T await(Future<T> operation)
      throws ExecutionException {
    if (!CURRENT.isBound()) {
      return await(operation::get);
    }
    StorePatience patience = CURRENT.get();
    long start = patience.clock.getAsLong();
    return await(() -> patience.awaitSince(start, operation));
  }

  private interface Waiting<T extends @Nullable Object> {
    T get() throws ExecutionException, InterruptedException;
  }

  private static <T extends @Nullable Object> T await(Waiting<T> waiting)
      throws ExecutionException {
    try {
      return waiting.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("nobody waits for the store any more", interrupted);
    }
  }

  /// @param start when the operation began, or this thread began to wait for somebody else's
  private <T extends @Nullable Object> T awaitSince(long start, Future<T> operation)
      throws ExecutionException, InterruptedException {
    try {
      return operation.get(left, TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      throw impatient();
    } finally {
      left -= clock.getAsLong() - start;
    }
  }

  private static StoreUnavailableException impatient() {
    return new StoreUnavailableException("the store takes longer than a request may", null);
  }
}
