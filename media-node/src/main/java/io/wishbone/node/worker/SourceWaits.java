package io.wishbone.node.worker;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;

/// What waits for a stream to get its source, with the time until which it does.
final class SourceWaits {
  /// Each is a request that somebody waits for.
  private static final int MAX_WAITS = 10_000;

  private final List<Wait> waits = new ArrayList<>();

  private record Wait(String stream, long deadlineNanos, LongConsumer action) {}

  /// Runs the action once the stream has a source, or is known to get none, or time is up: it has
  /// to look itself which of these it is. False: too much waits already.
  boolean add(String stream, long deadlineNanos, LongConsumer action) {
    return waits.size() < MAX_WAITS && waits.add(new Wait(stream, deadlineNanos, action));
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
    List<Wait> settled = new ArrayList<>();
    for (Iterator<Wait> all = waits.iterator(); all.hasNext(); ) {
      Wait wait = all.next();
      if (wait.stream.equals(stream)) {
        all.remove();
        settled.add(wait);
      }
    }
    settled.forEach(wait -> wait.action.accept(nowNanos));
  }

  void handleTimeout(long nowNanos) {
    List<Wait> due = waits.stream().filter(wait -> wait.deadlineNanos <= nowNanos).toList();
    waits.removeAll(due);
    due.forEach(wait -> wait.action.accept(nowNanos));
  }

  long nextTimeoutNanos() {
    long next = Long.MAX_VALUE;
    for (Wait wait : waits) {
      next = Math.min(next, wait.deadlineNanos);
    }
    return next;
  }
}
