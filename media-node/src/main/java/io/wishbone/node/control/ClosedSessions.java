package io.wishbone.node.control;

import io.wishbone.control.Refusal;
import io.wishbone.control.Refused;
import io.wishbone.control.Reply;
import io.wishbone.control.SessionId;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// The sessions that were closed lately, known here or not. A command may come twice, or after one
/// that was sent later: an id is opened once, and one that opened a closed session again would open
/// it for nobody. Safe for use by many threads.
final class ClosedSessions {
  /// A command is carried out for four seconds, and clocks may differ by five each way.
  static final Duration MEMORY = Duration.ofSeconds(15);

  /// Some megabytes; the oldest go first.
  static final int MOST = 50_000;

  private final LongSupplier clock;
  private final Map<SessionId, Long> closed = new LinkedHashMap<>();

  /// @param clock nanoseconds
  ClosedSessions(LongSupplier clock) {
    this.clock = clock;
  }

  synchronized void add(SessionId id) {
    long now = clock.getAsLong();
    // At the end again: the order is that of time.
    closed.remove(id);
    closed.put(id, now);
    forgetOld(now);
  }

  /// Whether it was closed, which the reply says.
  boolean refuses(SessionId id, Consumer<Reply> reply) {
    if (!contains(id)) {
      return false;
    }
    reply.accept(new Refused(id, Refusal.SESSION_UNKNOWN, "the session was closed already"));
    return true;
  }

  private synchronized boolean contains(SessionId id) {
    forgetOld(clock.getAsLong());
    return closed.containsKey(id);
  }

  synchronized int size() {
    return closed.size();
  }

  private void forgetOld(long now) {
    Iterator<Long> times = closed.values().iterator();
    while (times.hasNext() && (now - times.next() > MEMORY.toNanos() || closed.size() > MOST)) {
      times.remove();
    }
  }
}
