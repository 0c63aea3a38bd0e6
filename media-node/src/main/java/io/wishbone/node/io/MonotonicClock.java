package io.wishbone.node.io;

import java.util.function.LongSupplier;

/// Monotonic time that starts at zero, so that no sum of a time and a duration ever overflows. The
/// one clock of the media path.
public final class MonotonicClock implements LongSupplier {
  private final long origin = System.nanoTime();

  @Override
  public long getAsLong() {
    return System.nanoTime() - origin;
  }
}
