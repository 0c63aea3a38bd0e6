package io.wishbone.it.cluster;

import java.util.concurrent.TimeUnit;

/// Lets time pass where that is what a client does, or how long something is away: the servers of
/// these tests are real, and so is their clock.
final class Pause {

  private Pause() {}

  /// @return false when it was broken off
  static boolean of(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
