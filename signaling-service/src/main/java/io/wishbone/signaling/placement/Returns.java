package io.wishbone.signaling.placement;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Spreads those who were refused over the time after, so that they do not all come back at once.
final class Returns {

  private static final Duration BETWEEN_TWO = Duration.ofMillis(20);
  private static final Duration LATEST = Duration.ofSeconds(30);

  private final InstantSource clock;
  private Instant last = Instant.MIN;

  Returns(InstantSource clock) {
    this.clock = clock;
  }

  /// When the next one may come back.
  ///
  /// @param earliest from when on there may be room
  synchronized Duration next(Duration earliest) {
    Instant now = clock.instant();
    Instant first = now.plus(earliest);
    Instant next = last.isBefore(first) ? first : last.plus(BETWEEN_TWO);
    Instant latest = now.plus(LATEST);
    last = next.isAfter(latest) ? latest : next;
    return Duration.between(now, last);
  }
}
