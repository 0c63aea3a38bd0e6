package io.wishbone.app.program;

import java.io.IOException;
import java.time.Duration;

/// Lets the process live no longer than whoever has started it, however they end, when they ask for
/// it: standard input ends with them.
///
/// The cluster's `Tethered` does the same for programs that are not ours. It is no part of this
/// one: it stands alone on their class paths.
final class Tether {

  /// The system property that asks for it.
  static final String PROPERTY = "ends-with-input";

  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private Tether() {}

  static void holdIfWanted() {
    if (Boolean.getBoolean(PROPERTY)) {
      Thread.ofPlatform().daemon().name("tether").start(Tether::endWithInput);
    }
  }

  private static void endWithInput() {
    try {
      while (System.in.read() >= 0) {
        // Nobody says anything.
      }
    } catch (IOException _) {
      // The same.
    }
    Thread.ofPlatform().daemon().start(Tether::endSurely);
    System.exit(0);
  }

  private static void endSurely() {
    try {
      Thread.sleep(FAREWELL);
    } catch (InterruptedException _) {
      // Then now.
    }
    Runtime.getRuntime().halt(1);
  }
}
