package io.wishbone.signaling.limits;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What a limit of so many requests a second means.
final class Rates {

  /// An audience that sits behind one address comes all at once, when the show begins.
  private static final int BURST_SECONDS = 20;

  private Rates() {}

  /// Null for no limit.
  ///
  /// @param perSecond 0 for no limit
  static @Nullable RateLimiter limiter(int perSecond, RandomGenerator random) {
    if (perSecond < 0) {
      throw new IllegalArgumentException("a limit of " + perSecond + " requests a second");
    }
    return perSecond == 0
        ? null
        : new RateLimiter(perSecond, perSecond * BURST_SECONDS, random, System.nanoTime());
  }
}
