package io.wishbone.signaling.dispatch;

import io.wishbone.control.SessionId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Sessions that their node names, and that neither the store nor this process knows: who they are
/// for, and which stream they publish, cannot be found out. Others may know them and put them back,
/// for which there is time. Safe for use by many threads.
final class Strangers {

  /// Every node names its sessions four times in this, and those who know them put them back during
  /// the first 75 seconds ([Restoration]).
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Who was not named twice in a row begins anew.
  private static final Duration GAP = Duration.ofSeconds(75);

  /// A few megabytes. Further ones wait until there is room.
  static final int MOST = 50_000;

  private final LongSupplier clock;
  private final Map<SessionId, Named> all = new ConcurrentHashMap<>();

  /// When a session was named for the first time without being known, and the last.
  private record Named(long firstNanos, long lastNanos) {}

  /// @param clock nanoseconds
  Strangers(LongSupplier clock) {
    this.clock = clock;
  }

  /// Its node names a session that is not known.
  ///
  /// @return whether it has done so for long enough
  boolean isOverdue(SessionId id) {
    if (all.size() >= MOST && !all.containsKey(id)) {
      return false;
    }
    long now = clock.getAsLong();
    Named named = all.compute(id, (_, before) -> named(before, now));
    return now - named.firstNanos() >= PATIENCE.toNanos();
  }

  private static Named named(@Nullable Named before, long now) {
    return before == null || isOld(before, now)
        ? new Named(now, now)
        : new Named(before.firstNanos(), now);
  }

  private static boolean isOld(Named named, long now) {
    return now - named.lastNanos() > GAP.toNanos();
  }

  /// It is known after all.
  void forget(SessionId id) {
    all.remove(id);
  }

  /// Those that nobody names any more.
  void forgetOld() {
    long now = clock.getAsLong();
    all.values().removeIf(each -> isOld(each, now));
  }

  int size() {
    return all.size();
  }
}
