package io.wishbone.node.worker;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What waits for a stream to get its source, with the time until which it does.
///
/// Each waiter has its turn, whatever becomes of the others: a fault in one is logged and goes no
/// further, neither to the next one nor to the session that brought the source.
final class SourceWaits {
  private static final System.Logger LOGGER = System.getLogger(SourceWaits.class.getName());

  /// Each is a request that somebody waits for.
  private static final int MAX_WAITS = 10_000;

  private final List<Wait> waits = new ArrayList<>();

  private record Wait(String id, String stream, long deadlineNanos, SourceWaiter waiter) {}

  /// Tells the waiter once the stream has a source, or is known to get none, or time is up, or what
  /// waits is closed. False: too much waits already.
  ///
  /// @param id of the session that is to be opened then
  boolean add(String id, String stream, long deadlineNanos, SourceWaiter waiter) {
    return waits.size() < MAX_WAITS && waits.add(new Wait(id, stream, deadlineNanos, waiter));
  }

  boolean isAwaited(String stream) {
    for (Wait wait : waits) {
      if (wait.stream.equals(stream)) {
        return true;
      }
    }
    return false;
  }

  void settle(String stream, long nowNanos) {
    release(wait -> wait.stream.equals(stream), waiter -> waiter.onSettled(nowNanos));
  }

  void handleTimeout(long nowNanos) {
    release(wait -> wait.deadlineNanos <= nowNanos, waiter -> waiter.onSettled(nowNanos));
  }

  /// Nobody wants this session any more. False: nothing waits that is called so.
  boolean close(String id, String detail) {
    return release(wait -> wait.id.equals(id), waiter -> waiter.onClosed(detail));
  }

  void closeAll(String detail) {
    release(_ -> true, waiter -> waiter.onClosed(detail));
  }

  /// A waiter may wait anew, or settle others, while it is told. False: there are none of these.
  private boolean release(Predicate<Wait> which, Consumer<SourceWaiter> tell) {
    List<Wait> released = new ArrayList<>();
    for (Iterator<Wait> all = waits.iterator(); all.hasNext(); ) {
      Wait wait = all.next();
      if (which.test(wait)) {
        all.remove();
        released.add(wait);
      }
    }
    for (Wait wait : released) {
      try {
        tell.accept(wait.waiter);
      } catch (RuntimeException fault) {
        LOGGER.log(System.Logger.Level.ERROR, "What waited for a stream failed", fault);
      }
    }
    return !released.isEmpty();
  }

  long nextTimeoutNanos() {
    long next = Long.MAX_VALUE;
    for (Wait wait : waits) {
      next = Math.min(next, wait.deadlineNanos);
    }
    return next;
  }
}
