package io.wishbone.node;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// When a node that takes no new sessions has nothing to stay for any more: none is left, or the
/// time is over that they had. It stays for a moment in any case: others have to hear first that it
/// takes none, and what they have sent it meanwhile is to be answered.
///
/// Safe for use by many threads.
final class Departure {

  /// Longer than it takes until everybody has heard of it.
  static final Duration MOMENT = Duration.ofSeconds(2);

  private final BooleanSupplier isIdle;
  private boolean begun;
  private long endNanos;
  private long earliestNanos;

  /// @param isIdle whether nobody has a session, nor a stream from here
  Departure(BooleanSupplier isIdle) {
    this.isIdle = isIdle;
  }

  /// From now on, sessions have so long. One that has begun already ends no later than it would
  /// have.
  synchronized void begin(Duration within, long nowNanos) {
    long end = nowNanos + within.toNanos();
    endNanos = begun && endNanos - end < 0 ? endNanos : end;
    earliestNanos = begun ? earliestNanos : nowNanos + MOMENT.toNanos();
    begun = true;
  }

  /// It stays after all.
  synchronized void takeBack() {
    begun = false;
  }

  /// Whether it is to go now.
  synchronized boolean isDue(long nowNanos) {
    return begun
        && (endNanos - nowNanos <= 0 || earliestNanos - nowNanos <= 0 && isIdle.getAsBoolean());
  }
}
